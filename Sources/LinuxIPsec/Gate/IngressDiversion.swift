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
        /// What is diverted for an SA.
        var destinations: [SAIdentifier: Set<AddressRange>] = [:]
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
        _ = try socket.perform(IngressFilter.Priority.allCases.map { IngressFilter.remove(nil, $0, at: interface) })
    }

    /// Gives all packets that come by an interface a mark.
    static func mark(_ mark: UInt32, allFrom interface: UInt32) throws(NetlinkError) {
        let socket = try NetlinkSocket(protocol: NETLINK_ROUTE, bufferOctets: bufferOctets)
        try prepare(interface, socket)
        let codes = try socket.perform(
            AddressFamily.allCases.map { family in
                IngressFilter(match: .destination(.all(family), length: 0), action: .mark(mark)).request(
                    at: interface, handle: 1)
            })
        if let code = codes.first(where: { $0 != 0 }) { throw .refused(code) }
    }

    /// Diverts what goes to these prefixes, for an SA; from its return on.
    func divert(_ destinations: [AddressRange], for owner: SAIdentifier) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            for destination in Set(destinations) {
                state.destinations[owner, default: []].insert(destination)
                if state.places[destination]?.owners.insert(owner) != nil { continue }
                guard let length = destination.prefixLength else { throw .refused(EINVAL) }
                state.lastHandle += 1
                try add(.destination(destination, length: length), handle: state.lastHandle)
                state.places[destination] = Place(handle: state.lastHandle, owners: [owner])
            }
        }
    }

    /// Diverts IKE messages to a port of an address, until this process ends or another one begins.
    func divertIKE(port: UInt16, of address: IPAddress) throws(NetlinkError) {
        try add(.ike(address, port: port), handle: 0)
    }

    private func add(_ match: IngressFilter.Match, handle: UInt32) throws(NetlinkError) {
        let filter = IngressFilter(match: match, action: .redirect(to: device))
        let code = try socket.perform([filter.request(at: interface, handle: handle)])[0]
        guard code == 0 else { throw .refused(code) }
    }

    /// Diverts nothing for it any more.
    func release(_ owner: SAIdentifier) throws(NetlinkError) {
        try state.withLock { state throws(NetlinkError) in
            for destination in state.destinations[owner] ?? [] {
                guard let place = state.places[destination], place.owners.contains(owner) else { continue }
                guard place.owners.count == 1 else {
                    state.places[destination]?.owners.remove(owner)
                    continue
                }
                let priority: IngressFilter.Priority = destination.lower.family == .v4 ? .prefix4 : .prefix6
                _ = try socket.perform([IngressFilter.remove(place.handle, priority, at: interface)])
                state.places[destination] = nil
            }
            state.destinations[owner] = nil
        }
    }
}
