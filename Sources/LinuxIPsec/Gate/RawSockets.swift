internal import CLinuxXfrm
internal import Glibc
internal import IPPackets
internal import IPsec
internal import Synchronization

/// The sockets of a gate: what the network brings, what other gateways pass on, and the ways out.
final class RawSockets: Sendable {
    /// Copies of the IPv4 and IPv6 packets that interfaces receive.
    let copies: [Int32]
    /// IP tunnels' packets for this gateway.
    let tunnels: [Int32]
    /// Sends whole IPv4 packets.
    private let sender: Int32
    /// Sends whole IPv6 packets.
    private let sender6: Int32
    private let copying = Mutex((filter: CopyFilter.none, idleSince: KernelTime?.none))
    /// How long copies are made that nobody needs, in milliseconds: to change a filter takes the system longer than a pause
    /// should, and moves often come one after the other.
    private static let patience: UInt64 = 60_000
    /// The number of the loopback interface: what is sent to this gateway itself comes by it once more.
    let loopback: UInt32

    private static let bufferOctets: Int32 = 1 << 23
    private static let ipv4: UInt16 = 0x0800
    private static let ipv6: UInt16 = 0x86dd

    init() throws(StackError) {
        copies = [
            try Self.open(AF_PACKET, SOCK_DGRAM, Int32(Self.ipv4.bigEndian), "packets"),
            try Self.open(AF_PACKET, SOCK_DGRAM, Int32(Self.ipv6.bigEndian), "packets"),
        ]
        tunnels = [try Self.open(AF_INET, SOCK_RAW, 4, "tunnels"), try Self.open(AF_INET, SOCK_RAW, 41, "tunnels")]
        sender = try Self.open(AF_INET, SOCK_RAW, Int32(IPPROTO_RAW), "sending")
        sender6 = try Self.open(AF_INET6, SOCK_RAW, Int32(IPPROTO_RAW), "sending")
        loopback = if_nametoindex("lo")
        copyNow(.none)
    }

    /// Which packets are copied from now on; those that need not be are no more some time later.
    func copy(_ wanted: CopyFilter) {
        copying.withLock { copying in
            guard copying.filter != wanted else { return copying.idleSince = nil }
            if copying.filter.covers(wanted) {
                let now = KernelTime.now
                guard let start = copying.idleSince else { return copying.idleSince = now }
                guard start < now.earlier(milliseconds: Self.patience) else { return }
            }
            copying = (wanted, nil)
            copyNow(wanted)
        }
    }

    private func copyNow(_ wanted: CopyFilter) {
        for (descriptor, family) in zip(copies, [AddressFamily.v4, .v6])
        where !wanted.program(for: family).attach(to: descriptor) {
            // More than is needed, and right.
            PacketFilter.detach(from: descriptor)
        }
    }

    /// Sends a packet as it is; `false` where the system does not take it.
    func send(_ packet: [UInt8], to destination: IPAddress) -> Bool {
        let descriptor = destination.family == .v4 ? sender : sender6
        return destination.withSocketAddress { name, length in
            packet.withUnsafeBytes { sendto(descriptor, $0.baseAddress, $0.count, 0, name, length) } == packet.count
        }
    }

    /// A packet that a socket had.
    struct Arrival {
        let packet: [UInt8]
        let time: KernelTime
        /// By which it came.
        let interface: UInt32
        /// Whether its frame was meant for this machine; of tunnels it says nothing.
        let isForUs: Bool
    }

    /// The next packet of a socket; `nil` where there is none at the moment.
    static func receive(
        _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
    ) -> Arrival? {
        var address = sockaddr_ll()
        var vector = iovec(iov_base: buffer.baseAddress, iov_len: buffer.count)
        var control = [UInt8](repeating: 0, count: 128)
        var count = 0
        var remarks = Remarks([])
        control.withUnsafeMutableBytes { control in
            withUnsafeMutablePointer(to: &address) { address in
                withUnsafeMutablePointer(to: &vector) { vector in
                    var header = msghdr()
                    header.msg_name = UnsafeMutableRawPointer(address)
                    header.msg_namelen = socklen_t(MemoryLayout<sockaddr_ll>.size)
                    (header.msg_iov, header.msg_iovlen) = (vector, 1)
                    (header.msg_control, header.msg_controllen) = (control.baseAddress, control.count)
                    repeat {
                        count = recvmsg(descriptor, &header, Int32(truncatingIfNeeded: MSG_DONTWAIT))
                    } while count < 0 && errno == EINTR
                    if count >= 0 { remarks = Remarks(Array(control[..<Int(header.msg_controllen)])[...]) }
                }
            }
        }
        guard count >= 0 else { return nil }
        var packet = Array(buffer[..<count])
        if remarks.lacksChecksum, let whole = try? IPPacket(packet).withTransportChecksum() { packet = whole.octets }
        return Arrival(
            packet: packet, time: remarks.time ?? .now, interface: UInt32(bitPattern: address.sll_ifindex),
            isForUs: address.sll_pkttype == UInt8(PACKET_HOST))
    }

    /// What the kernel says beside a packet: when it came, and whether its checksums are still to be computed.
    private struct Remarks {
        var time: KernelTime?
        var lacksChecksum = false

        /// Control messages (`struct cmsghdr`: length 8, level 4, type 4, and what it is about, up to a multiple of 8).
        init(_ control: ArraySlice<UInt8>) {
            var rest = control
            while rest.count >= 16 {
                var reader = KernelReader(rest)
                guard let length = try? Int(reader.integer(UInt64.self)), length >= 16, length <= rest.count,
                    let level = try? reader.integer(UInt32.self), let type = try? reader.integer(UInt32.self)
                else { return }
                if level == UInt32(SOL_SOCKET), type == UInt32(SO_TIMESTAMPNS),
                    let seconds = try? reader.integer(UInt64.self), let more = try? reader.integer(UInt64.self)
                {
                    time = KernelTime(nanoseconds: seconds &* 1_000_000_000 &+ more)
                } else if level == UInt32(SOL_PACKET), type == UInt32(PACKET_AUXDATA),
                    let status = try? reader.integer(UInt32.self)
                {
                    lacksChecksum = status & Self.checksumNotReady != 0
                }
                rest = rest.dropFirst((length + 7) / 8 * 8)
            }
        }

        /// `TP_STATUS_CSUMNOTREADY`
        private static let checksumNotReady: UInt32 = 1 << 3
    }

    func close() { for descriptor in copies + tunnels + [sender, sender6] { Glibc.close(descriptor) } }

    private static func open(
        _ family: Int32, _ type: __socket_type, _ number: Int32, _ what: String
    ) throws(StackError) -> Int32 {
        let descriptor = socket(family, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else {
            throw .system("no socket for \(what): \(ErrorText.of(errno)) (it needs CAP_NET_RAW)")
        }
        let size = socklen_t(MemoryLayout<Int32>.size)
        var octets = bufferOctets
        if setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &octets, size) != 0 {
            _ = setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &octets, size)
        }
        var on: Int32 = 1
        _ = setsockopt(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &on, size)
        if family == AF_PACKET { _ = setsockopt(descriptor, SOL_PACKET, PACKET_AUXDATA, &on, size) }
        return descriptor
    }
}
