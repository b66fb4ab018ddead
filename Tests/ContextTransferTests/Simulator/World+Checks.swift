import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    /// Every gateway that has the outbound SA in force sends; packets of the mobile node, new ones and old ones, come to
    /// every gateway that has the inbound SA in force.
    mutating func traffic() throws(Violation) {
        for lane in 0..<laneCount { try traffic(lane) }
        if now < Self.faultsEnd + 2_000 { events.add(.traffic, at: now + Int.random(in: 1...60, using: &random)) }
    }

    private mutating func traffic(_ lane: Int) throws(Violation) {
        let (up, down) = (SimulatedAssociations.lanes[lane].up, SimulatedAssociations.lanes[lane].down)
        let isNew = flows[lane].mobileNode.send(.random(in: 1...3, using: &random))
        let last = flows[lane].mobileNode.number
        guard isNew else { throw .numberUsedTwice(last, "MN") }
        let offered = [last, last - UInt64.random(in: 0..<min(40, last), using: &random)]
        for name in nodes.all.map(\.name) where nodes[name]?.isAlive == true {
            if nodes[name]?.stack[down]?.inForce == true {
                nodes[name]?.stack[down]?.lastSent += 1
                let number = nodes[name]?.stack[down]?.lastSent ?? 0
                guard flows[lane].sent.insert(number).inserted else { throw .numberUsedTwice(number, name.text) }
            }
            for number in offered.map({ SequenceNumber($0) }) where nodes[name]?.stack[up]?.inForce == true {
                guard accepts(number, lane, at: name) else { continue }
                guard flows[lane].accepted.insert(number.value).inserted else {
                    throw .acceptedTwice(number.value, name.text)
                }
            }
        }
    }

    /// Whether a gateway takes a packet of the mobile node, under the name that it was sent to.
    private mutating func accepts(_ number: SequenceNumber, _ lane: Int, at name: NodeName) -> Bool {
        let up = SimulatedAssociations.lanes[lane].up
        guard let entry = nodes[name]?.stack[up], let sentTo = flows[lane].mobileNode.sent[number.value] else {
            return false
        }
        if sentTo != entry.name {
            guard sentTo == entry.oldName else { return false }
            if sabotage == .oldNameHasOwnWindow {
                defer { nodes[name]?.stack[up]?.oldWindow?.record(number) }
                return entry.oldWindow?.verdict(on: number) == .fresh
            }
        }
        guard entry.window?.verdict(on: number) == .fresh else { return false }
        nodes[name]?.stack[up]?.window?.record(number)
        return true
    }

    /// What must hold after every step. A gateway whose daemon is down may still have SAs in force in its kernel.
    func check() throws(Violation) {
        guard !switchedEarly else { throw .groupSwitchedEarly }
        for identifier in identifiers {
            let count = nodes.all.count { $0.stack[identifier]?.inForce == true }
            guard count <= 1 else { throw .inForceTwice(identifier.description) }
        }
    }

    /// What must hold when faults have ended and nothing is under way any more.
    func checkAtRest() throws(Violation) {
        for identifier in identifiers {
            let places = nodes.all.filter { $0.stack[identifier] != nil }
            guard places.count <= 1 else {
                throw .keyLeftBehind(places.map(\.name.text).sorted().joined(separator: ", "))
            }
            let inForce = places.first?.stack[identifier]?.inForce == true
            guard inForce || told.contains(identifier) else { throw .lost(identifier.description) }
            guard !(inForce && told.contains(identifier)) else { throw .inForceAfterItsEnd(identifier.description) }
            if !inForce, let place = places.first { throw .keyLeftBehind(place.name.text) }
            let place = SimulatedAssociations.index(of: identifier)
            if inForce, places.first?.stack[identifier]?.name != flows[place / 2].mobileNode.names[place % 2] {
                throw .notTold(identifier.description)
            }
        }
        try checkGroup()
        if let node = nodes.all.first(where: \.machinesHoldKeys) { throw .keyLeftBehind(node.name.text) }
    }

    /// The last group moved whole, or not at all, or ended.
    private func checkGroup() throws(Violation) {
        guard let group = moves.last?.group else { return }
        let members = moves.filter { $0.group == group }
        func isInForce(_ move: SimulatedMove, at node: NodeName) -> Bool {
            nodes[node]?.stack[move.lane.up]?.inForce == true
        }
        let moved = members.count { isInForce($0, at: $0.route.taker) }
        let stayed = members.count { isInForce($0, at: $0.route.holder) }
        guard moved == 0 || stayed == 0 else { throw .groupTorn }
        // One whose taker failed goes back only if no other part ended for its sake.
        let ended = members.contains { outcomes[$0.id] == .ended(.groupFailed) }
        let returned = members.contains {
            outcomes[$0.id] == .failed(Self.noMemory) && isInForce($0, at: $0.route.holder)
        }
        guard !ended || !returned else { throw .groupTorn }
    }

    /// What a taker that fails to install says.
    static let noMemory = MoveReason.failure("no memory")

    private var identifiers: [SAIdentifier] {
        SimulatedAssociations.lanes.prefix(laneCount).flatMap(\.identifiers)
    }
}

extension MoveMessage {
    /// The message without its contents.
    var label: Substring { "\(self)".prefix { $0 != "(" } }
}
