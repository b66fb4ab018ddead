internal import CLinuxXfrm
internal import Glibc
internal import IPsec

/// A network interface by which this process gives packets to the kernel, as if a neighbour had sent them: so they are
/// forwarded by its routes and policies.
struct TunnelDevice: Sendable {
    let descriptor: Int32

    private static let path = "/dev/net/tun"

    /// Makes the interface, which is gone with this process.
    init(name: String) throws(StackError) {
        descriptor = open(Self.path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let hint = "`modprobe tun`, and let everybody open it, as udev does"
            throw .system("\(Self.path) cannot be opened: \(ErrorText.of(errno)) (\(hint))")
        }
        guard ferry_tun_attach(descriptor, name) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw .system("interface \(name): \(ErrorText.of(code)) (it needs CAP_NET_ADMIN)")
        }
        // What comes by it has addresses of other interfaces' networks.
        let setting = "/proc/sys/net/ipv4/conf/\(name)/rp_filter"
        let file = open(setting, O_WRONLY | O_CLOEXEC)
        if file >= 0 {
            _ = write(file, "0", 1)
            Glibc.close(file)
        }
        do throws(NetlinkError) { try KernelInterfaces().setUp(name) } catch {
            Glibc.close(descriptor)
            throw .system("interface \(name): \(error)")
        }
    }

    /// Gives the kernel a packet; `false` where it does not take it.
    func send(_ packet: [UInt8]) -> Bool {
        packet.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == packet.count
    }

    /// The next packet that the kernel sends by it; `nil` where there is none at the moment.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> [UInt8]? {
        var count: Int
        repeat { count = read(descriptor, buffer.baseAddress, buffer.count) } while count < 0 && errno == EINTR
        return count > 0 ? Array(buffer[..<count]) : nil
    }

    func close() { Glibc.close(descriptor) }
}
