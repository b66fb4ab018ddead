internal import CLinuxXfrm
internal import Glibc
internal import IPPackets
internal import IPsec

/// Whole frames to and from the neighbours of an interface; it is closed when nobody has it.
final class FrameSocket: Sendable {
    private let descriptor: Int32
    private let interface: UInt32

    /// Throws where the process may not.
    ///
    /// - Parameter type: the frames that it hears; `nil`: none.
    init(at interface: KernelInterfaces.Interface, hears type: UInt16?) throws(StackError) {
        self.interface = interface.index
        descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("no socket for packets: \(ErrorText.of(errno))") }
        guard let type else { return }
        let bound = withName(type) { bind(descriptor, $0, $1) }
        guard bound == 0 else { throw .system("no socket at \(interface.name): \(ErrorText.of(errno))") }
    }

    deinit { close(descriptor) }

    /// The type of ARP's frames, or of those of neighbour discovery.
    static func neighbourType(_ family: AddressFamily) -> UInt16 { family == .v4 ? 0x0806 : 0x86dd }

    /// Sends a frame; `false` where the system does not take it.
    func send(_ frame: [UInt8]) -> Bool {
        withName(0) { name, length in
            frame.withUnsafeBytes { sendto(descriptor, $0.baseAddress, $0.count, 0, name, length) }
        } == frame.count
    }

    /// The next frame; `nil` where none comes within that time.
    func receive(milliseconds: Int32) -> [UInt8]? {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, milliseconds) > 0 else { return nil }
        var buffer = [UInt8](repeating: 0, count: 2_048)
        let count = recv(descriptor, &buffer, buffer.count, Int32(truncatingIfNeeded: MSG_DONTWAIT))
        return count > 0 ? Array(buffer[..<min(count, buffer.count)]) : nil
    }

    private func withName<Result>(_ type: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var name = sockaddr_ll()
        name.sll_family = UInt16(AF_PACKET)
        name.sll_protocol = type.bigEndian
        name.sll_ifindex = Int32(bitPattern: interface)
        name.sll_halen = 6
        return withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_ll>.size))
            }
        }
    }

    /// Writes the checksum of an ICMPv6 message (RFC 4443 section 2.3).
    static func completeICMP(_ message: inout [UInt8], from source: [UInt8], to destination: [UInt8]) {
        let pseudo = source + destination + [0, 0, 0, UInt8(message.count), 0, 0, 0, 58]
        var sum = InternetChecksum()
        sum.add((pseudo + message)[...])
        (message[2], message[3]) = (UInt8(sum.value >> 8), UInt8(sum.value & 0xff))
    }
}
