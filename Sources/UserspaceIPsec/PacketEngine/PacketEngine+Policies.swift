package import IPsec

/// The SPD holds the policies of what is here and, unseen from outside, stand-ins: policies of SAs that are elsewhere,
/// so that their traffic waits for them or follows them, and never goes out in the clear.
extension PacketEngine {
    /// The policies that use an SA here.
    package func policies(using identifier: SAIdentifier) -> [Policy] {
        spd.policies(using: identifier).filter { !standIns.contains($0.name) }
    }

    /// The ordered policies of what is here.
    package var policies: [Policy] {
        standIns.isEmpty ? spd.policies : spd.policies.filter { !standIns.contains($0.name) }
    }

    /// Makes these the operator's policies that use no SA, in their order; all others stay. Throws, and changes nothing,
    /// when a name is in use.
    package mutating func setStaticPolicies(_ policies: [Policy]) throws(StackError) {
        let before = self.policies.filter { $0.origin == .static && $0.association == nil }
        for policy in before { removePolicy(named: policy.name) }
        do throws(StackError) {
            try check(policies)
        } catch {
            for policy in before { insert(policy) }
            throw error
        }
        for policy in policies { insert(policy) }
    }

    /// The first policy for a packet of a realm among those of which `isWanted` is true. A policy that uses an SA is for
    /// that SA's realm alone: another realm may have the same addresses.
    func policy(
        for packet: PacketDescription, _ direction: Direction, in realm: Realm,
        where isWanted: (Policy) -> Bool = { _ in true }
    ) -> Policy? {
        spd.policy(for: packet, direction) { policy in
            (policy.association.map { $0.realm == realm } ?? true) && isWanted(policy)
        }
    }

    /// The policies that use an SA of the keys use that of its value from now on.
    package mutating func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) {
        for (old, new) in changes { for policy in policies(using: old) { spd.turn(named: policy.name, to: new) } }
    }

    /// Throws when one of the names is in use, or is there twice.
    func check(_ policies: [Policy]) throws(StackError) {
        var seen: Set<String> = []
        for policy in policies {
            let isTaken = spd.policy(named: policy.name) != nil && !standIns.contains(policy.name)
            guard !isTaken, seen.insert(policy.name).inserted else { throw .policyInUse(policy.name) }
        }
    }

    /// Adds a policy whose name was checked; a stand-in of that name makes room.
    mutating func insert(_ policy: Policy) {
        if standIns.contains(policy.name) { removePolicy(named: policy.name) }
        let isNew = spd.insert(policy)
        if isNew, policy.isBundling { bundlingPolicies += 1 }
    }

    /// Takes out the policies that use an SA, stand-ins too.
    mutating func removePolicies(using identifier: SAIdentifier) {
        for policy in spd.policies(using: identifier) { removePolicy(named: policy.name) }
    }

    /// Takes out the stand-ins for an SA.
    mutating func removeStandIns(for identifier: SAIdentifier) {
        guard !standIns.isEmpty else { return }
        for policy in spd.policies(using: identifier) where standIns.contains(policy.name) {
            removePolicy(named: policy.name)
        }
    }

    /// Makes the policies of an SA that leaves its stand-ins.
    mutating func leaveStandIns(for identifier: SAIdentifier) {
        standIns.formUnion(spd.policies(using: identifier).map(\.name))
    }

    /// Makes a stand-in for an SA that will come, unless there is one from the last time that it was here.
    mutating func makeStandIn(for identifier: SAIdentifier, _ traffic: [TrafficSelector]) {
        guard spd.policies(using: identifier).isEmpty else { return }
        let policy = Policy(
            name: Self.standInName(identifier), direction: .outbound, selectors: traffic, action: .protect,
            origin: .user(""), association: identifier)
        guard spd.policy(named: policy.name) == nil else { return }
        insert(policy)
        standIns.insert(policy.name)
    }

    /// Takes out what ``makeStandIn(for:_:)`` made.
    mutating func removeMadeStandIn(for identifier: SAIdentifier) {
        let name = Self.standInName(identifier)
        if standIns.contains(name) { removePolicy(named: name) }
    }

    private static func standInName(_ identifier: SAIdentifier) -> String { "traffic of \(identifier)" }

    private mutating func removePolicy(named name: String) {
        standIns.remove(name)
        if let policy = spd.remove(named: name), policy.isBundling { bundlingPolicies -= 1 }
    }
}

extension Policy {
    /// Whether it sends what an SA of this node made into another one (RFC 4301 section 4.1).
    fileprivate var isBundling: Bool { direction == .outbound && selectors.contains { $0.isForProtectedTraffic } }
}
