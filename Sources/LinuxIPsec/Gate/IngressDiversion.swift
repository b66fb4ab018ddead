internal import CLinuxXfrm
internal import Glibc
internal import IPPackets
internal import IPsec
internal import Synchronization

/// Diverts packets that come by an interface to another one before anything of the kernel looks at them: each packet goes
/// either way, and none both (filters of kind `flower` with the action `mirred`).
final class IngressDiversion: Sendable {
    private let socket: NetlinkSocket
    private let interface: UInt32
    private let device: UInt32
    private let state = Mutex(State())

    private struct State {
        var places: [AddressRange: Place] = [:]
        var lastHandle: UInt32 = 0
    }

    private struct Place {
        let handle: UInt32
        var owners: Set<SAIdentifier>
    }

    private static let bufferOctets: Int32 = 1 << 20
    /// `TC_H_CLSACT` and its ingress half.
    private static let root: UInt32 = 0xffff_fff1
    private static let ingress: UInt32 = 0xffff_fff2
    /// By which others' filters are told from these, for IPv4 and IPv6.
    private static let priorities: (v4: UInt32, v6: UInt32) = (0x4645, 0x4646)

    /// Prepares an interface. What others have there stays.
    init(from interface: UInt32, to device: UInt32) throws(NetlinkError) {
        (self.interface, self.device) = (interface, device)
        socket = try NetlinkSocket(protocol: NETLINK_ROUTE, bufferOctets: Self.bufferOctets)
        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array("clsact".utf8) + [0])
        let request = NetlinkSocket.Request(
            type: UInt16(RTM_NEWQDISC), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: header(handle: 0xffff_0000, parent: Self.root, info: 0) + attributes.encoded)
        let code = try socket.perform([request])[0]
        guard code == 0 || code == EEXIST else { throw .refused(code) }
        // What a process before this one left.
        _ = try socket.perform([remove(nil, .v4), remove(nil, .v6)])
    }

    /// Diverts what goes to these prefixes, for an SA; from its return on.
    func divert(_ destinations: [AddressRange], for owner: SAIdentifier) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            for destination in Set(destinations) {
                if state.places[destination]?.owners.insert(owner) != nil { continue }
                guard let length = destination.prefixLength else { throw .refused(EINVAL) }
                state.lastHandle += 1
                let code = try socket.perform([add(destination, length, port: nil, handle: state.lastHandle)])[0]
                guard code == 0 else { throw .refused(code) }
                state.places[destination] = Place(handle: state.lastHandle, owners: [owner])
            }
        }
    }

    /// Diverts what goes to a UDP port of an address, until this process ends or another one begins.
    func divert(port: UInt16, of address: IPAddress) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            state.lastHandle += 1
            let request = add(AddressRange(address), address.family.bits, port: port, handle: state.lastHandle)
            let code = try socket.perform([request])[0]
            guard code == 0 else { throw .refused(code) }
        }
    }

    /// Diverts nothing for it any more.
    func release(_ owner: SAIdentifier) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            for (destination, place) in state.places where place.owners.contains(owner) {
                guard place.owners.count == 1 else {
                    state.places[destination]?.owners.remove(owner)
                    continue
                }
                state.places[destination] = nil
                _ = try socket.perform([remove(place.handle, destination.lower.family)])
            }
        }
    }

    /// `struct tcmsg`
    private func header(handle: UInt32, parent: UInt32, info: UInt32) -> [UInt8] {
        var writer = KernelWriter()
        writer.zeros(4)
        for word in [interface, handle, parent, info] { writer.integer(word) }
        return writer.octets
    }

    /// Priority in the upper half, and the protocol of the frame in network order in the lower one.
    private func info(_ family: AddressFamily) -> UInt32 {
        let (priority, type) = family == .v4 ? (Self.priorities.v4, UInt16(0x0800)) : (Self.priorities.v6, 0x86dd)
        return priority << 16 | UInt32(type.bigEndian)
    }

    private func remove(_ handle: UInt32?, _ family: AddressFamily) -> NetlinkSocket.Request {
        NetlinkSocket.Request(
            type: UInt16(RTM_DELTFILTER),
            payload: header(handle: handle ?? 0, parent: Self.ingress, info: info(family)))
    }

    private func add(
        _ destination: AddressRange, _ length: Int, port: UInt16?, handle: UInt32
    ) -> NetlinkSocket.Request {
        let family = destination.lower.family
        var action = KernelWriter()
        // struct tc_mirred: index, capabilities, what becomes of the packet here, counts; redirect; to where.
        for word in [0, 0, UInt32(TC_ACT_STOLEN), 0, 0, UInt32(TCA_EGRESS_REDIR), device] { action.integer(word) }
        var parameters = NetlinkAttributes()
        parameters.add(Int(TCA_MIRRED_PARMS), action.octets)
        var kind = NetlinkAttributes()
        kind.add(Int(TCA_ACT_KIND), Array("mirred".utf8) + [0])
        kind.add(Int(TCA_ACT_OPTIONS), parameters.encoded)
        var first = NetlinkAttributes()
        first.add(1, kind.encoded)

        let mask = IPAddress(
            family: family, value: length == 0 ? 0 : UInt128.max << UInt128(family.bits - length))
        var keys = NetlinkAttributes()
        var type = KernelWriter()
        type.networkInteger(UInt16(family == .v4 ? 0x0800 : 0x86dd))
        keys.add(Int(TCA_FLOWER_KEY_ETH_TYPE), type.octets)
        let places =
            family == .v4
            ? (TCA_FLOWER_KEY_IPV4_DST, TCA_FLOWER_KEY_IPV4_DST_MASK)
            : (TCA_FLOWER_KEY_IPV6_DST, TCA_FLOWER_KEY_IPV6_DST_MASK)
        keys.add(Int(places.0), destination.lower.octets)
        keys.add(Int(places.1), mask.octets)
        if let port {
            keys.add(Int(TCA_FLOWER_KEY_IP_PROTO), [IPProtocol.udp])
            var number = KernelWriter()
            number.networkInteger(port)
            keys.add(Int(TCA_FLOWER_KEY_UDP_DST), number.octets)
        }
        keys.add(Int(TCA_FLOWER_ACT), first.encoded)

        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array("flower".utf8) + [0])
        attributes.add(TCA_OPTIONS, keys.encoded)
        return NetlinkSocket.Request(
            type: UInt16(RTM_NEWTFILTER), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: header(handle: handle, parent: Self.ingress, info: info(family)) + attributes.encoded)
    }
}
