import ContextTransfer
import ForwardingPath
import IPsec

extension ShownFields {
    mutating func add(_ message: RenewalMessage) {
        add("previous_address", IPAddress(v4: 0, 0, 0, 0))
        add("move", message.id.description)
        add("renewal.sender", message.sender)
        add("renewal.receiver", message.receiver)
        switch message.content {
        case .survey(let offers):
            add("renewal.kind", 1)
            for (index, offer) in offers.enumerated() {
                add("index", index)
                add(offer)
            }
        case .surveyed(let word):
            add("renewal.kind", 2)
            add("count", word.suites.count)
            for suite in word.suites { add(suite) }
            let policies: [SPIConflictPolicy] = [.deny, .renegotiate, .reassign]
            add("abilities.spi_conflict", policies.firstIndex(of: word.spiConflict) ?? -1, absent: 0)
            if !word.canReassign { add("abilities.fixed_spis", 1) }
            for (index, verdict) in word.verdicts.enumerated() {
                add("index", index)
                if let reason = verdict.reason { add(reason) }
                if let name = verdict.name { add(name) }
            }
        case .order(let task):
            add("renewal.kind", 3)
            add("renewal.peer", task.peer)
            if task.onlyUpgrades { add("renewal.only_upgrades", 1) }
            for (index, template) in task.associations.enumerated() {
                add("index", index)
                add(template)
                for policy in task.policies[index] {
                    add("index", index)
                    add(policy)
                }
            }
            add(task.profile)
        case .ready(let identifiers):
            add("renewal.kind", 4)
            add(identifiers)
        case .forwarding(let identifiers):
            add("renewal.kind", 5)
            add(identifiers)
        case .renewed(let identifiers):
            add("renewal.kind", 6)
            add(identifiers)
        case .refused(let reason):
            add("renewal.kind", 7)
            add(reason)
        case .succession(let successions):
            add("renewal.kind", 8)
            add(successions.flatMap { [$0.new, $0.old] })
        case .ended(let identifiers):
            add("renewal.kind", 9)
            add(identifiers)
        case .renew(let identifiers):
            add("renewal.kind", 10)
            add(identifiers)
        case .takeOver(let children):
            add("renewal.kind", 11)
            for (index, child) in children.enumerated() {
                add("index", index)
                add(text: child.connection, "child.connection")
                add(text: child.child, "child.child")
            }
        case .left: add("renewal.kind", 12)
        case .done: add("renewal.kind", 13)
        }
    }

    private mutating func add(_ identifiers: [SAIdentifier]) {
        for (index, identifier) in identifiers.enumerated() {
            add("index", index)
            add(identifier)
        }
    }

    private mutating func add(_ template: AssociationTemplate) {
        add(template.replaces)
        add("sa.source", template.source)
        add("sa.direction", template.direction.rawValue)
        add(template.suite)
        add("sa.mode", template.mode.rawValue, absent: ProtocolMode.tunnel.rawValue)
        add(text: template.name, "sa.name")
        add(text: template.user, "sa.user")
        if template.extendedSequenceNumbers || !template.endsAtOverflow || !template.copiesDSCP
            || template.dontFragment != .copy
        {
            add("sa.flags.esn", template.extendedSequenceNumbers)
            add("sa.flags.overflow", !template.endsAtOverflow)
            add("sa.flags.keeps_dscp", !template.copiesDSCP)
            add("sa.flags.dont_fragment", template.dontFragment.rawValue)
        }
        add("sa.window", template.replayWindowSize ?? 0, absent: 64)
        for (name, lifetime) in [("soft", template.softLifetime), ("hard", template.hardLifetime)] {
            if let seconds = lifetime.seconds { add("sa.\(name).seconds", seconds) }
            if let bytes = lifetime.bytes { add("sa.\(name).bytes", bytes) }
            if let packets = lifetime.packets { add("sa.\(name).packets", packets) }
        }
        add(template.selectors)
        if let encapsulation = template.encapsulation {
            add("sa.udp.source", encapsulation.source)
            add("sa.udp.destination", encapsulation.destination)
        }
    }
}
