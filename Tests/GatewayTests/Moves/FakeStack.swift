import IPsec
import Synchronization

/// A stack that keeps SAs and processes no packets.
final class FakeStack: IPsecStack {
    struct Content {
        var associations: [SAIdentifier: AssociationStatus] = [:]
        var policies: [Policy] = []
        /// Policies that come when those of their SAs were read so many times more.
        var late: (policies: [Policy], readings: Int)?
        var held: Set<SAIdentifier> = []
        /// Where packets for SAs go that are not in force.
        var forwarded: [SAIdentifier: ForwardingTarget] = [:]
        /// How often all SAs were read.
        var readings = 0
        /// Whether it cannot be read.
        var isSilent = false
        /// Why the next install fails; where that says that SAs were in force, they stay.
        var installFailure: StackError?
        /// Whether policies cannot be turned.
        var keepsPolicies = false
    }

    private let content = Mutex(Content())
    let events: AsyncStream<StackEvent>
    private let telling: AsyncStream<StackEvent>.Continuation

    init() { (events, telling) = AsyncStream.makeStream() }

    func tell(_ event: StackEvent) { telling.yield(event) }

    /// What it has now.
    var now: Content { content.withLock { $0 } }

    var phases: [SAPhase] { now.associations.values.map(\.phase) }

    /// Whether it cannot be read.
    var isSilent: Bool {
        get { now.isSilent }
        set { content.withLock { $0.isSilent = newValue } }
    }

    /// Policies cannot be turned any more.
    func keepPolicies() { content.withLock { $0.keepsPolicies = true } }

    /// The next install fails.
    func failInstall(_ failure: StackError) { content.withLock { $0.installFailure = failure } }

    /// Policies come when those of their SAs have been read so often.
    func bring(_ policies: [Policy], after readings: Int) { content.withLock { $0.late = (policies, readings) } }

    /// All SAs are gone, as with their process.
    func lose() { content.withLock { $0.associations = [:] } }

    func set(_ phase: SAPhase, _ identifiers: [SAIdentifier]) {
        content.withLock { content in
            for identifier in identifiers { content.associations[identifier]?.phase = phase }
        }
    }

    /// Something of it cannot be the same elsewhere from now on.
    func obstruct(_ identifier: SAIdentifier, _ obstacle: MoveObstacle) {
        content.withLock { $0.associations[identifier]?.obstacle = obstacle }
    }

    func capabilities() async throws -> StackCapabilities {
        StackCapabilities(
            suites: Set(AlgorithmSuite.allESP), modes: [.tunnel, .transport], extendedSequenceNumbers: true,
            largestReplayWindow: 4_096, freeCapacity: 100, egressMTU: 1_500)
    }

    func associations() async throws -> [AssociationStatus] {
        try content.withLock { content in
            guard !content.isSilent else { throw StackError.system("no answer") }
            content.readings += 1
            return content.associations.values.sorted { $0.association.identifier < $1.association.identifier }
        }
    }

    func associations(_ identifiers: [SAIdentifier]) async throws -> [SAIdentifier: AssociationStatus] {
        let wanted = Set(identifiers)
        return now.associations.filter { wanted.contains($0.key) }
    }

    func policies() async throws -> [Policy] { now.policies }

    func policies(using identifiers: [SAIdentifier]) async throws -> [Policy] {
        content.withLock { content in
            let wanted = Set(identifiers)
            func use(_ policy: Policy) -> Bool { policy.association.map(wanted.contains) ?? false }
            if let late = content.late, late.policies.contains(where: use) {
                content.late = late.readings > 1 ? (late.policies, late.readings - 1) : nil
                if content.late == nil { content.policies += late.policies }
            }
            return content.policies.filter(use)
        }
    }

    func counters() async throws -> StackCounters { StackCounters() }

    func install(_ associations: [SecurityAssociation], policies: [Policy]) async throws {
        try content.withLock { content in
            for association in associations where content.associations[association.identifier] != nil {
                throw StackError.identifierInUse(association.identifier)
            }
            let failure = content.installFailure
            content.installFailure = nil
            if case .ended = failure {} else if let failure { throw failure }
            for association in associations {
                content.held.remove(association.identifier)
                content.associations[association.identifier] = AssociationStatus(
                    association: association, phase: .inForce, counters: SACounters())
            }
            content.policies += policies
            if let failure { throw failure }
        }
    }

    func turnPolicies(_ changes: [SAIdentifier: SAIdentifier]) async throws {
        if now.keepsPolicies { throw StackError.system("no room") }
    }

    func quiesce(
        _ identifiers: [SAIdentifier], forwarding: ForwardingTarget?
    ) async throws -> [SAIdentifier: DynamicAttributes] {
        try content.withLock { content in
            var states: [SAIdentifier: DynamicAttributes] = [:]
            for identifier in identifiers {
                guard let status = content.associations[identifier] else { throw StackError.noAssociation(identifier) }
                guard status.phase == .inForce else { throw StackError.wrongPhase(identifier, status.phase) }
                states[identifier] = status.association.state
            }
            for identifier in identifiers { content.associations[identifier]?.phase = .quiesced }
            return states
        }
    }

    func forward(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async throws {
        content.withLock { content in
            for identifier in identifiers { content.forwarded[identifier] = target }
        }
    }

    func resume(_ identifiers: [SAIdentifier]) async throws { set(.inForce, identifiers) }

    func remove(_ identifiers: [SAIdentifier], keepsForwarding: Bool) async throws {
        content.withLock { content in
            for identifier in identifiers { content.associations[identifier] = nil }
            content.policies.removeAll { $0.association.map(identifiers.contains) ?? false }
        }
    }

    /// A policy for the same packets as one that is here is in its way.
    func check(_ policies: [Policy], of associations: [SecurityAssociation]) async throws {
        let present = now.policies
        let other = policies.first { policy in
            present.contains { $0.direction == policy.direction && $0.selectors == policy.selectors }
        }
        if let other { throw StackError.policyInUse(other.name) }
    }

    func expect(_ identifiers: [SAIdentifier], selectors: [SAIdentifier: [TrafficSelector]]) async throws {
        content.withLock { $0.held.formUnion(identifiers) }
    }

    func adopt(_ names: [SAIdentifier: SAIdentifier]) async throws {}
    func retireOldNames(of identifiers: [SAIdentifier]) async throws {}
    func update(_ updates: [GatewayUpdate]) async throws {}

    func forget(_ identifiers: [SAIdentifier], returningTo target: ForwardingTarget?) async throws {
        content.withLock { content in
            content.held.subtract(identifiers)
            if let target { for identifier in identifiers { content.forwarded[identifier] = target } }
        }
    }
}
