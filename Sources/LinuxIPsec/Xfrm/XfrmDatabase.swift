internal import CLinuxXfrm
internal import Glibc
internal import IPsec

/// The kernel's SAD and SPD, spoken to in netlink. The calls are the kernel's own: each takes as long as its work does.
package struct XfrmDatabase: Sendable {
    private let socket: NetlinkSocket
    /// Hears what is deleted while it is.
    private let witness: NetlinkSocket

    private static let bufferOctets: Int32 = 1 << 23

    /// Throws where the kernel has no XFRM, or the process may not ask.
    package init() throws(NetlinkError) {
        socket = try NetlinkSocket(protocol: NETLINK_XFRM, bufferOctets: Self.bufferOctets)
        witness = try NetlinkSocket(protocol: NETLINK_XFRM, bufferOctets: Self.bufferOctets)
    }

    /// All SAs.
    package func states() throws(NetlinkError) -> [XfrmState] {
        try socket.dump(UInt16(XFRM_MSG_GETSA), expecting: try count()) { (message) throws(NetlinkError) in
            try XfrmState(message.payload)
        }
    }

    /// How many SAs there are.
    package func count() throws(NetlinkError) -> Int {
        var count = 0
        let request = NetlinkSocket.Request(type: UInt16(XFRM_MSG_GETSADINFO), payload: [0, 0, 0, 0])
        _ = try socket.perform([request]) { (message) throws(NetlinkError) in
            guard message.type == UInt16(XFRM_MSG_NEWSADINFO) else { return }
            for (type, value) in try NetlinkAttributes(message.payload.dropFirst(4)).all
            where UInt32(type) == XFRMA_SAD_CNT.rawValue {
                var reader = KernelReader(value)
                count = Int(try reader.integer(UInt32.self))
            }
        }
        return count
    }

    /// All policies of the main kind.
    package func policies() throws(NetlinkError) -> [XfrmPolicy] {
        try socket.dump(UInt16(XFRM_MSG_GETPOLICY)) { (message) throws(NetlinkError) in
            try XfrmPolicy(message.payload)
        }
    }

    /// More than so many SAs are read faster with all others than each by itself.
    private static let few = 1_000

    /// Those SAs that are there, by the names of `wanted`.
    package func states(named wanted: [XfrmName]) throws(NetlinkError) -> [XfrmName: XfrmState] {
        guard wanted.count <= Self.few else { return try among(wanted) }
        let requests = wanted.map { NetlinkSocket.Request(type: UInt16(XFRM_MSG_GETSA), payload: $0.encoded) }
        var found: [XfrmName: XfrmState] = [:]
        _ = try socket.perform(requests) { (message) throws(NetlinkError) in
            guard message.type == UInt16(XFRM_MSG_NEWSA) else { return }
            let state = try XfrmState(message.payload)
            found[state.name] = state
        }
        // The kernel looks at marks last: what keeps a place may stand before a parked SA.
        return found.values.contains(where: \.isLarval) ? try among(wanted) : found
    }

    /// The same, of all that are there.
    private func among(_ wanted: [XfrmName]) throws(NetlinkError) -> [XfrmName: XfrmState] {
        let names = Set(wanted)
        let all = try states().filter { !$0.isLarval && names.contains($0.name) }
        return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Adds SAs, in the place of what only keeps theirs; for each 0, or the `errno` why it is not there.
    package func add(_ states: [XfrmState]) throws(NetlinkError) -> [Int32] {
        var requests = states.map(Self.addition)
        defer { for index in requests.indices { requests[index].payload.wipe() } }
        return try completed(states, try socket.perform(requests))
    }

    /// The same codes, once what only keeps the place of an SA has become it.
    private func completed(_ states: [XfrmState], _ codes: [Int32]) throws(NetlinkError) -> [Int32] {
        var codes = codes
        for index in states.indices where codes[index] == EEXIST {
            if try isLarval(states[index].name) { codes[index] = try update([states[index]])[0] }
        }
        return codes
    }

    /// Whether what the kernel has by that name only keeps a place: a packet wanted an SA for which a policy names the SPI.
    private func isLarval(_ name: XfrmName) throws(NetlinkError) -> Bool {
        var isLarval = false
        let request = NetlinkSocket.Request(type: UInt16(XFRM_MSG_GETSA), payload: name.encoded)
        _ = try socket.perform([request]) { (message) throws(NetlinkError) in
            if message.type == UInt16(XFRM_MSG_NEWSA) { isLarval = try XfrmState(message.payload).isLarval }
        }
        return isLarval
    }

    /// Adds SAs and policies, these in place of those with the same selector and direction, so that a process that is killed
    /// meanwhile has added all or nothing; for each 0, or the `errno` why it is not there, of the policies in no order.
    ///
    /// Policies for what comes are first: a packet may come in between, and what an SA takes without its policy is lost, and
    /// not taken a second time. Those for what goes are last: without their SA key management would be asked for one.
    package func add(
        _ states: [XfrmState], with policies: [XfrmPolicy]
    ) throws(NetlinkError) -> (states: [Int32], policies: [Int32]) {
        let receiving = policies.filter { !$0.isOutwards }.map { Self.policy($0, replaces: true) }
        let sending = policies.filter(\.isOutwards).map { Self.policy($0, replaces: true) }
        var requests = receiving + states.map(Self.addition) + sending
        defer { for index in requests.indices { requests[index].payload.wipe() } }
        let codes = try socket.performWhole(requests)
        let added = codes.dropFirst(receiving.count).prefix(states.count)
        return (
            try completed(states, Array(added)), Array(codes.prefix(receiving.count) + codes.suffix(sending.count))
        )
    }

    private static func addition(_ state: XfrmState) -> NetlinkSocket.Request {
        NetlinkSocket.Request(
            type: UInt16(XFRM_MSG_NEWSA), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL), payload: state.encoded)
    }

    private static func policy(_ policy: XfrmPolicy, replaces: Bool) -> NetlinkSocket.Request {
        let (type, flags) = replaces ? (XFRM_MSG_UPDPOLICY, 0) : (XFRM_MSG_NEWPOLICY, NLM_F_CREATE | NLM_F_EXCL)
        return NetlinkSocket.Request(type: UInt16(type), flags: UInt16(flags), payload: policy.encoded)
    }

    /// Changes lifetimes and UDP ports of SAs that are there, and completes those whose SPIs were allocated; for each 0, or the
    /// `errno` why not.
    package func update(_ states: [XfrmState]) throws(NetlinkError) -> [Int32] {
        var requests = states.map {
            NetlinkSocket.Request(type: UInt16(XFRM_MSG_UPDSA), payload: $0.encoded)
        }
        defer { for index in requests.indices { requests[index].payload.wipe() } }
        return try socket.perform(requests)
    }

    /// Has the kernel choose a free SPI for an SA that goes to this machine (`XFRM_MSG_ALLOCSPI`): it is nobody else's for half
    /// a minute, in which the SA is completed by ``update(_:)``.
    ///
    /// - Parameter wanted: the SA; its own SPI says nothing.
    package func allocateSPI(_ wanted: XfrmState, from range: ClosedRange<UInt32>) throws(NetlinkError) -> UInt32 {
        var larval = wanted
        (larval.spi, larval.combined, larval.encryption, larval.authentication) = (0, nil, nil, nil)
        var writer = KernelWriter()
        writer.append(larval.encoded.prefix(XfrmState.octets))
        writer.integer(range.lowerBound)
        writer.integer(range.upperBound)
        var found: UInt32?
        let request = NetlinkSocket.Request(type: UInt16(XFRM_MSG_ALLOCSPI), payload: writer.octets)
        let codes = try socket.perform([request]) { (message) throws(NetlinkError) in
            if message.type == UInt16(XFRM_MSG_NEWSA) { found = try XfrmState(message.payload).spi }
        }
        guard let found else { throw .refused(codes.first ?? 0) }
        return found
    }

    /// Deletes SAs; for each 0, or the `errno` why not.
    package func delete(_ names: [XfrmName]) throws(NetlinkError) -> [Int32] {
        try socket.perform(names.map { NetlinkSocket.Request(type: UInt16(XFRM_MSG_DELSA), payload: $0.encoded) })
    }

    /// Adds policies, in place of those with the same selector and direction where `replaces`.
    package func add(_ policies: [XfrmPolicy], replaces: Bool = false) throws(NetlinkError) -> [Int32] {
        try socket.perform(policies.map { Self.policy($0, replaces: replaces) })
    }

    /// Deletes policies; for each 0, or the `errno` why not.
    package func delete(_ policies: [XfrmPolicy]) throws(NetlinkError) -> [Int32] {
        try socket.perform(
            policies.map { NetlinkSocket.Request(type: UInt16(XFRM_MSG_DELPOLICY), payload: $0.name) })
    }

    /// As many SAs are deleted at the most before what the kernel tells of them is read: even the smallest buffer keeps more
    /// than so many notifications.
    private static let batch = 50

    /// How an SA was when it was taken away, and what became of it.
    package struct Change: Sendable {
        /// `nil` where it was not there, where the kernel refused, or lost the notification of its end, for which a buffer
        /// would have to be full.
        package let end: XfrmState?
        /// 0, or the `errno` why it was not added again.
        package let code: Int32

        package init(end: XfrmState?, code: Int32) { (self.end, self.code) = (end, code) }
    }

    /// Deletes SAs, reads how they were at their end in the same step, and adds them again otherwise: few at a time, so that
    /// few are nowhere if this process ends meanwhile. Throws only before anything is deleted.
    ///
    /// One caller at a time.
    package func replace(
        _ names: [XfrmName], _ change: (inout XfrmState) -> Void
    ) throws(NetlinkError) -> [Change] {
        try witness.hear(XFRMNLGRP_SA.rawValue)
        var told: [XfrmName: XfrmState] = [:]
        var changes: [Change] = []
        changes.reserveCapacity(names.count)
        for start in stride(from: 0, to: names.count, by: Self.batch) {
            let part = Array(names[start..<min(start + Self.batch, names.count)])
            let ends = take(part, &told)
            let again = ends.compactMap { end in
                end.map { end in
                    var state = end
                    change(&state)
                    return state
                }
            }
            var codes = ((try? add(again)) ?? [Int32](repeating: EIO, count: again.count))[...]
            changes += ends.map { Change(end: $0, code: $0 == nil ? 0 : codes.removeFirst()) }
        }
        try? witness.ignore(XFRMNLGRP_SA.rawValue)
        try? readEnds(into: &told)
        return changes
    }

    private func take(_ names: [XfrmName], _ told: inout [XfrmName: XfrmState]) -> [XfrmState?] {
        let codes = (try? delete(names)) ?? [Int32](repeating: 0, count: names.count)
        // What was read before something was lost is told nevertheless: nobody else has it.
        try? readEnds(into: &told)
        return zip(names, codes).map { name, code in
            guard code == 0 else { return nil }
            return told.removeValue(forKey: name) ?? (try? again(name, &told)) ?? nil
        }
    }

    /// Another SA was deleted in the place of that one, which differs by its mark alone: it is put back, unless it only kept the
    /// place, and then the right one is meant.
    private func again(_ name: XfrmName, _ told: inout [XfrmName: XfrmState]) throws(NetlinkError) -> XfrmState? {
        let other = told.values.first {
            $0.name != name && $0.spi == name.spi && $0.destination == name.destination
                && $0.securityProtocol == name.securityProtocol
        }
        guard let other else { return nil }
        told[other.name] = nil
        let codes = try delete([name])
        try readEnds(into: &told)
        if !other.isLarval { _ = try add([other]) }
        return codes[0] == 0 ? told.removeValue(forKey: name) : nil
    }

    private func readEnds(into told: inout [XfrmName: XfrmState]) throws(NetlinkError) {
        while let more = try witness.receive({ (messages) throws(NetlinkError) in
            var ended: [XfrmState] = []
            for message in messages where message.type == UInt16(XFRM_MSG_DELSA) {
                if let state = try XfrmState(ended: message) { ended.append(state) }
            }
            return ended
        }) {
            for state in more { told[state.name] = state }
        }
    }
}
