internal import CLinuxXfrm
internal import Glibc
internal import IPsec
internal import Synchronization

/// Diverts packets that come by an interface to another one: each packet goes either way, and none both.
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

    /// Prepares an interface. What others have there stays.
    init(from interface: UInt32, to device: UInt32) throws(NetlinkError) {
        (self.interface, self.device) = (interface, device)
        socket = try NetlinkSocket(protocol: NETLINK_ROUTE, bufferOctets: Self.bufferOctets)
        try Self.prepare(interface, socket)
    }

    private static func prepare(_ interface: UInt32, _ socket: NetlinkSocket) throws(NetlinkError) {
        let code = try socket.perform([IngressFilter.prepare(interface)])[0]
        guard code == 0 || code == EEXIST else { throw .refused(code) }
        // What a process before this one left.
        _ = try socket.perform([
            IngressFilter.remove(nil, .v4, at: interface), IngressFilter.remove(nil, .v6, at: interface),
        ])
    }

    /// Gives all packets that come by an interface a mark.
    static func mark(_ mark: UInt32, allFrom interface: UInt32) throws(NetlinkError) {
        let socket = try NetlinkSocket(protocol: NETLINK_ROUTE, bufferOctets: bufferOctets)
        try prepare(interface, socket)
        let codes = try socket.perform(
            AddressFamily.allCases.map { family in
                IngressFilter(destination: .all(family), prefixLength: 0, action: .mark(mark)).request(
                    at: interface, handle: 1)
            })
        if let code = codes.first(where: { $0 != 0 }) { throw .refused(code) }
    }

    /// Diverts what goes to these prefixes, for an SA; from its return on.
    func divert(_ destinations: [AddressRange], for owner: SAIdentifier) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            for destination in Set(destinations) {
                if state.places[destination]?.owners.insert(owner) != nil { continue }
                guard let length = destination.prefixLength else { throw .refused(EINVAL) }
                state.places[destination] = Place(
                    handle: try add(destination, length, port: nil, &state), owners: [owner])
            }
        }
    }

    /// Diverts what goes to a UDP port of an address, until this process ends or another one begins.
    func divert(port: UInt16, of address: IPAddress) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            _ = try add(AddressRange(address), address.family.bits, port: port, &state)
        }
    }

    private func add(
        _ destination: AddressRange, _ length: Int, port: UInt16?, _ state: inout State
    ) throws(NetlinkError) -> UInt32 {
        state.lastHandle += 1
        let filter = IngressFilter(
            destination: destination, prefixLength: length, port: port, action: .redirect(to: device))
        let code = try socket.perform([filter.request(at: interface, handle: state.lastHandle)])[0]
        guard code == 0 else { throw .refused(code) }
        return state.lastHandle
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
                _ = try socket.perform([
                    IngressFilter.remove(place.handle, destination.lower.family, at: interface)
                ])
            }
        }
    }
}
