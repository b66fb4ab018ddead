import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    /// Every gateway that has the outbound SA in force sends; packets of the mobile node, new ones and old ones, come to
    /// every gateway that has the inbound SA in force.
    mutating func traffic() throws(Violation) {
        let up = SimulatedAssociations.identifiers[0]
        let down = SimulatedAssociations.identifiers[1]
        mobileNumber += UInt64.random(in: 1...3, using: &random)
        let offered = [mobileNumber, mobileNumber - UInt64.random(in: 0..<min(40, mobileNumber), using: &random)]
        for name in nodes.all.map(\.name) where nodes[name]?.isAlive == true {
            if nodes[name]?.stack[down]?.inForce == true {
                nodes[name]?.stack[down]?.lastSent += 1
                let number = nodes[name]?.stack[down]?.lastSent ?? 0
                guard sentNumbers.insert(number).inserted else { throw .numberUsedTwice(number, name.text) }
            }
            for number in offered.map({ SequenceNumber($0) }) where nodes[name]?.stack[up]?.inForce == true {
                guard nodes[name]?.stack[up]?.window?.verdict(on: number) == .fresh else { continue }
                nodes[name]?.stack[up]?.window?.record(number)
                guard acceptedNumbers.insert(number.value).inserted else {
                    throw .acceptedTwice(number.value, name.text)
                }
            }
        }
        if now < Self.faultsEnd + 2_000 { events.add(.traffic, at: now + Int.random(in: 1...60, using: &random)) }
    }

    /// What must hold after every step. A gateway whose daemon is down may still have SAs in force in its kernel.
    func check() throws(Violation) {
        for identifier in SimulatedAssociations.identifiers {
            let count = nodes.all.count { $0.stack[identifier]?.inForce == true }
            guard count <= 1 else { throw .inForceTwice(identifier.description) }
        }
    }

    /// What must hold when faults have ended and nothing is under way any more.
    func checkAtRest() throws(Violation) {
        for identifier in SimulatedAssociations.identifiers {
            let places = nodes.all.filter { $0.stack[identifier] != nil }
            guard places.count <= 1 else {
                throw .keyLeftBehind(places.map(\.name.text).sorted().joined(separator: ", "))
            }
            let inForce = places.first?.stack[identifier]?.inForce == true
            guard inForce || told.contains(identifier) else { throw .lost(identifier.description) }
            guard !(inForce && told.contains(identifier)) else { throw .inForceAfterItsEnd(identifier.description) }
            if !inForce, let place = places.first { throw .keyLeftBehind(place.name.text) }
        }
        if let node = nodes.all.first(where: \.machinesHoldKeys) { throw .keyLeftBehind(node.name.text) }
    }
}

extension MoveMessage {
    /// The message without its contents.
    var label: Substring { "\(self)".prefix { $0 != "(" } }
}
