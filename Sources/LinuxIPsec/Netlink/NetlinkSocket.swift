internal import CLinuxXfrm
internal import Glibc
internal import Synchronization

/// A socket to the kernel, for requests and for notifications.
///
/// The kernel does what it is asked while it is asked, so that answers and the notifications of what was done are there
/// when a send returns: no call waits for anything but the kernel's own work.
package final class NetlinkSocket: Sendable {
    private let descriptor: Int32
    private let lastSequence = Mutex<UInt32>(0)

    private let buffer = Mutex(DatagramBuffer())

    /// Opens a socket of a netlink protocol.
    ///
    /// - Parameters:
    ///   - groups: whose notifications it hears.
    ///   - bufferOctets: room for what the kernel tells and was not read yet; less, where the kernel does not allow it.
    package init(protocol number: Int32, groups: [UInt32] = [], bufferOctets: Int32) throws(NetlinkError) {
        descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { throw .socket(errno) }
        let size = socklen_t(MemoryLayout<Int32>.size)
        for (forced, plain) in [(SO_RCVBUFFORCE, SO_RCVBUF), (SO_SNDBUFFORCE, SO_SNDBUF)] {
            var octets = bufferOctets
            if setsockopt(descriptor, SOL_SOCKET, forced, &octets, size) != 0 {
                _ = setsockopt(descriptor, SOL_SOCKET, plain, &octets, size)
            }
        }
        var on: Int32 = 1
        // Answers without a copy of the request, which may have keys.
        _ = setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, &on, size)
        var address = sockaddr_nl()
        address.nl_family = sa_family_t(AF_NETLINK)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_nl>.size))
            }
        }
        guard bound == 0 else { throw .socket(errno) }
        for group in groups { try hear(group) }
    }

    /// Lets so much go in one datagram at least; where the kernel does not allow it, sending says so.
    func reserve(octets: Int) throws(NetlinkError) {
        guard var needed = Int32(exactly: octets + 1_024) else { throw .truncated }
        var (present, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
        guard getsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &present, &size) == 0, present < needed else { return }
        _ = setsockopt(descriptor, SOL_SOCKET, SO_SNDBUFFORCE, &needed, size)
    }

    /// Hears the notifications of a group from now on.
    package func hear(_ group: UInt32) throws(NetlinkError) { try setMembership(NETLINK_ADD_MEMBERSHIP, group) }

    /// Hears them no more.
    package func ignore(_ group: UInt32) throws(NetlinkError) { try setMembership(NETLINK_DROP_MEMBERSHIP, group) }

    private func setMembership(_ option: Int32, _ group: UInt32) throws(NetlinkError) {
        var group = group
        let size = socklen_t(MemoryLayout<UInt32>.size)
        guard setsockopt(descriptor, SOL_NETLINK, option, &group, size) == 0 else { throw .socket(errno) }
    }

    deinit { close(descriptor) }

    /// Waits until there is something to receive, at most so long; `false` where there is nothing then.
    package func wait(milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, milliseconds) > 0
    }

    /// The first of so many numbers in a row that no request of this socket had.
    package func nextSequence(_ count: Int) -> UInt32 {
        lastSequence.withLock { last in
            defer { last &+= UInt32(truncatingIfNeeded: count) }
            return last &+ 1
        }
    }

    /// Sends messages to the kernel in one datagram, which it looks at in their order. The octets are overwritten.
    package func send(_ octets: inout [UInt8]) throws(NetlinkError) {
        defer { octets.wipe() }
        let sent = octets.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, 0) }
        guard sent == octets.count else { throw .socket(errno) }
    }

    /// The messages of datagrams that are there, at least of the next one; `nil` where none is. Keys in them are copied only
    /// by those who decode them within `body`: the buffer is overwritten afterwards.
    package func receive<Result>(
        _ body: ([NetlinkMessage]) throws(NetlinkError) -> Result
    ) throws(NetlinkError) -> Result? {
        let datagrams = try buffer.withLock { buffer throws(NetlinkError) in try buffer.receive(descriptor) }
        guard !datagrams.isEmpty else { return nil }
        var messages: [NetlinkMessage] = []
        for datagram in datagrams { try NetlinkMessage.append(all: datagram, to: &messages) }
        return try body(messages)
    }
}

extension [UInt8] {
    /// Overwrites all octets where they are.
    mutating func wipe() {
        withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            explicit_bzero(base, bytes.count)
        }
    }
}
