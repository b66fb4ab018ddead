import ContextTransfer
import ForwardingPath
import IPsec

extension World {
    /// Every gateway that has an outbound SA in force sends; packets of the mobile nodes, new ones and old ones, come to
    /// every gateway that has the inbound SA in force.
    mutating func traffic() throws(Violation) {
        for lane in 0..<setting.lanes { try traffic(lane) }
        let pause = now < 1_500 ? 60 : 300
        if now < Self.faultsEnd + 2_000 { events.add(.traffic, at: now + Int.random(in: 1...pause, using: &random)) }
    }

    private mutating func traffic(_ lane: Int) throws(Violation) {
        for association in mobile(lane).stack.all
        where association.isInForce && association.place.lane == lane && !association.place.goesToMobile {
            for _ in 0..<Int.random(in: 1...3, using: &random) { try send(through: association, "MN") }
            flows[association.flow].pad(association.name, to: association.lastSent)
            let last = association.lastSent
            let old = last - UInt64.random(in: 0..<min(40, last), using: &random)
            for number in [last, old] { try offer(SequenceNumber(number), association) }
        }
        for gateway in gateways {
            for association in gateway.stack.all
            where association.isInForce && association.place.lane == lane && association.place.goesToMobile {
                try send(through: association, gateway.name.text)
            }
        }
    }

    private mutating func send(through association: SimulatedSA, _ node: String) throws(Violation) {
        association.lastSent += 1
        guard flows[association.flow].sent.insert(association.lastSent) else {
            throw .numberUsedTwice(association.lastSent, node)
        }
    }

    /// A packet of the mobile node, under the name that it was sent to, comes to all gateways.
    private mutating func offer(_ number: SequenceNumber, _ sender: SimulatedSA) throws(Violation) {
        let sentTo = flows[sender.flow].names[Int(number.value)]
        for gateway in gateways {
            guard let association = gateway.stack[sender.place], association.isInForce, association.flow == sender.flow,
                accepts(number, sentTo, association)
            else { continue }
            guard flows[sender.flow].accepted.insert(number.value) else {
                throw .acceptedTwice(number.value, gateway.name.text)
            }
        }
    }

    private func accepts(_ number: SequenceNumber, _ sentTo: GatewayName, _ association: SimulatedSA) -> Bool {
        if sentTo != association.name {
            guard sentTo == association.oldName else { return false }
            if sabotage == .oldNameHasOwnWindow {
                defer { association.oldWindow?.record(number) }
                return association.oldWindow?.verdict(on: number) == .fresh
            }
        }
        guard association.window?.verdict(on: number) == .fresh else { return false }
        association.window?.record(number)
        return true
    }
}

extension SimulatedFlow {
    /// Notes under which name of the gateway the numbers up to the last were sent.
    mutating func pad(_ name: GatewayName, to last: UInt64) {
        while names.count <= Int(last) { names.append(name) }
    }
}
