import Glibc

/// A terminal without a window: what is drawn on `slave` is read from `master`, what is written to `master` is typed.
struct PseudoTerminal {
    let master: Int32
    let slave: Int32
    /// The slave's name in the file system.
    let path: String

    /// A terminal of that size. By way of /dev/ptmx, since Swift's Glibc has no openpty.
    init(columns: UInt16, rows: UInt16) throws {
        let (unlock, askNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))  // TIOCSPTLCK and TIOCGPTN
        var (locked, number) = (Int32(0), UInt32(0))
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, askNumber, &number) == 0 else {
            throw Failure(what: "no pseudo terminal")
        }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        guard slave >= 0, ioctl(slave, UInt(TIOCSWINSZ), &size) == 0 else { throw Failure(what: "no slave") }
    }

    struct Failure: Error { let what: String }

    /// How its driver treats what is typed and written.
    var settings: [tcflag_t] {
        var settings = termios()
        tcgetattr(slave, &settings)
        return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    }

    /// Types some text.
    func type(_ text: String) {
        _ = Array(text.utf8).withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    }

    /// Waits until something typed can be read.
    func waitForInput() {
        var waiting = pollfd(fd: slave, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, 10_000)
    }

    /// What is drawn from now on, up to and with the text; at most for ten seconds.
    func output(until end: String) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        var waiting = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        while !String(decoding: bytes, as: UTF8.self).contains(end), poll(&waiting, 1, 10_000) > 0 {
            let count = read(master, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives both ends back.
    func close() {
        Glibc.close(slave)
        Glibc.close(master)
    }
}
