import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    /// What must hold after every step. A gateway whose daemon is down may still have SAs in force in its kernel.
    mutating func check() throws(Violation) {
        isChanged = false
        for gateway in gateways {
            for association in gateway.stack.all where association.isInForce {
                let count = gateways.count { $0.stack[association.place]?.isInForce == true }
                guard count <= 1 else { throw .inForceTwice(association.place.description) }
            }
        }
    }

    /// What an SA that a move brings must be.
    mutating func look(at arrival: SimulatedSA, of move: SimulatedMove) {
        let (place, attributes) = (arrival.place, arrival.association.attributes)
        if attributes.hardLifetime.isReached(by: arrival.state(at: now).use) {
            violation = violation ?? .expiredInForce(place.description)
        }
        if now - arrival.established < flows[arrival.flow].age {
            violation = violation ?? .rejuvenated(place.description)
        }
        let offered = move.offer.associations.first { SimulatedAssociations.place(of: $0.identifier) == place }
        if move.isInUse, !place.goesToMobile, arrival.association.identifier == offered?.identifier {
            violation = violation ?? .nameUsedTwice(place.description)
        }
    }

    /// Who is told that a move is completed may count on it that the far end sends to the new names.
    mutating func lookAtNames(of move: SimulatedMove) {
        let taker = node(move.route.taker)
        for place in move.places {
            guard let arrival = taker.stack[place], arrival.isInForce, arrival.installedBy == move.id,
                let far = mobile(place.lane).stack[place], far.isInForce, far.flow == arrival.flow,
                far.name != arrival.name
            else { continue }
            violation = violation ?? .notTold(place.description)
        }
    }

    /// What must hold when faults have ended and nothing is under way any more.
    func checkAtRest() throws(Violation) {
        for place in owed.union(told).sorted() { try checkAtRest(place) }
        for lane in 0..<setting.lanes { try checkLane(lane) }
        try checkGroup()
        try checkDrainAtRest()
        if let node = nodes.first(where: \.machinesHoldKeys) { throw .keyLeftBehind(node.name.text) }
    }

    private func checkAtRest(_ place: SAPlace) throws(Violation) {
        let places = gateways.filter { $0.stack[place]?.hasKey == true }
        guard places.count <= 1 else {
            throw .keyLeftBehind(places.map(\.name.text).sorted().joined(separator: ", "))
        }
        let association = places.first?.stack[place]
        let inForce = association?.isInForce == true
        guard inForce || told.contains(place) || !owed.contains(place) else { throw .lost(place.description) }
        guard !(inForce && told.contains(place)) else { throw .inForceAfterItsEnd(place.description) }
        if !inForce, let gateway = places.first { throw .keyLeftBehind(gateway.name.text) }
    }

    /// What a mobile node has and what its gateway has are the same pair, with the same keys and names.
    private func checkLane(_ lane: Int) throws(Violation) {
        var homes: Set<String> = []
        var generations: Set<Int> = []
        for gateway in gateways {
            for association in gateway.stack.all where association.place.lane == lane && association.isInForce {
                homes.insert(gateway.name.text)
                generations.insert(association.place.generation)
                guard !bereft.contains(lane), !alarmed.contains(lane) else { continue }
                let far = mobile(lane).stack[association.place]
                // An SA that came late is a little younger here than there.
                guard let far, far.phase == .ended || far.flow == association.flow && far.name == association.name
                else {
                    throw .notTold(association.place.description)
                }
            }
        }
        let isExcused = bereft.union(alarmed).union(forgotten).contains(lane)
        guard !homes.isEmpty || !setting.negotiates || isExcused else { throw .notRenewed(lane) }
        guard homes.count <= 1, generations.count <= 1 || bereft.contains(lane) || alarmed.contains(lane) else {
            throw .apart(lane)
        }
    }

    /// The last group moved whole, or not at all, or ended.
    private func checkGroup() throws(Violation) {
        guard let group = moves.last?.group else { return }
        let members = moves.filter { $0.group == group }
        func isInForce(_ move: SimulatedMove, at name: NodeName) -> Bool {
            move.places.contains { node(name).stack[$0]?.isInForce == true }
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
}

extension MoveMessage {
    /// The message without its contents.
    var label: Substring { "\(self)".prefix { $0 != "(" } }
}
