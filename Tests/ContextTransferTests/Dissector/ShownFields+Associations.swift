import ContextTransfer
import IPsec

extension ShownFields {
    mutating func add(_ suite: AlgorithmSuite) {
        add("sa.encryption", suite.encryption?.transform ?? 0)
        add("sa.encryption.octets", suite.encryption?.keyOctets ?? 0)
        add("sa.integrity", suite.integrity?.rawValue ?? 0)
    }

    mutating func add(_ identifier: SAIdentifier) {
        add("sa.spi", identifier.spi.value.inHex)
        add("sa.protocol", identifier.securityProtocol.rawValue)
        add("sa.destination", identifier.destination)
        add(text: identifier.realm.name, "sa.realm")
    }

    mutating func add(_ name: GatewayName) {
        add("gateway.spi", name.spi.value.inHex)
        add("gateway.address", name.address)
    }

    mutating func add(_ association: SecurityAssociation) {
        let (identifier, attributes) = (association.identifier, association.attributes)
        add("sa.spi", identifier.spi.value.inHex)
        add("sa.protocol", identifier.securityProtocol.rawValue, absent: SecurityProtocol.esp.rawValue)
        add("sa.mode", attributes.mode.rawValue, absent: ProtocolMode.tunnel.rawValue)
        add("sa.direction", association.direction.rawValue)
        add("sa.source", association.source)
        add("sa.destination", identifier.destination)
        add(text: identifier.realm.name, "sa.realm")
        add(text: association.name, "sa.name")
        add(text: association.user, "sa.user")
        let suite = attributes.keys.suite
        if let encryption = suite.encryption {
            add("sa.encryption", encryption.transform)
            add("sa.encryption.octets", encryption.keyOctets)
        }
        if let integrity = suite.integrity { add("sa.integrity", integrity.rawValue) }
        if let encryption = suite.encryption {
            add("sa.block_octets", encryption.blockOctets)
            add("sa.iv_mode", encryption.ivMode.rawValue)
        }
        if attributes.extendedSequenceNumbers || !attributes.endsAtOverflow || !attributes.copiesDSCP
            || attributes.dontFragment != .copy
        {
            add("sa.flags.esn", attributes.extendedSequenceNumbers)
            add("sa.flags.overflow", !attributes.endsAtOverflow)
            add("sa.flags.keeps_dscp", !attributes.copiesDSCP)
            add("sa.flags.dont_fragment", attributes.dontFragment.rawValue)
        }
        add("sa.window", attributes.replayWindowSize ?? 0, absent: 64)
        for (name, lifetime) in [("soft", attributes.softLifetime), ("hard", attributes.hardLifetime)] {
            if let seconds = lifetime.seconds { add("sa.\(name).seconds", seconds) }
            if let bytes = lifetime.bytes { add("sa.\(name).bytes", bytes) }
            if let packets = lifetime.packets { add("sa.\(name).packets", packets) }
        }
        add(attributes.selectors)
        if let encapsulation = attributes.encapsulation {
            add("sa.udp.source", encapsulation.source)
            add("sa.udp.destination", encapsulation.destination)
        }
        let keys = attributes.keys
        for (name, key) in [("encryption", keys.encryptionKey), ("integrity", keys.integrityKey)] where key.count > 0 {
            add("sa.key.\(name)", "<key, \(key.count) octets>")
        }
    }

    mutating func add(_ policy: Policy) {
        add(text: policy.name, "policy.name")
        add("policy.direction", policy.direction.rawValue)
        add(policy.selectors)
        add("policy.action", policy.action.rawValue, absent: PolicyAction.protect.rawValue)
        if case .user(let user) = policy.origin { add(text: user, "policy.user") }
        if let association = policy.association { add(association) }
        if let priority = policy.priority { add("policy.priority", priority) }
    }

    mutating func add(_ selectors: [TrafficSelector]) {
        if !selectors.isEmpty { add("count", selectors.count) }
        for selector in selectors {
            add("selector.source.first", selector.source.lower)
            add("selector.source.last", selector.source.upper)
            add("selector.destination.first", selector.destination.lower)
            add("selector.destination.last", selector.destination.upper)
            if let next = selector.nextProtocol { add("selector.protocol", next) }
            for (name, ports) in [("source", selector.sourcePorts), ("destination", selector.destinationPorts)] {
                guard let ports else { continue }
                add("selector.\(name)_port.first", ports.lowerBound)
                add("selector.\(name)_port.last", ports.upperBound)
            }
            if let name = selector.name { add(text: name, "selector.name") }
            if let level = selector.sensitivityLevel { add("selector.level", level) }
            if let dscp = selector.dscp { add("selector.dscp", dscp) }
        }
    }
}
