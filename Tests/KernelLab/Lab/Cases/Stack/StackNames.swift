import IPsec
import LinuxIPsec

/// A mobile node's SAs and policies get another gateway in one step: their numbers go on, all or none, and once.
enum StackNames {
    static func run(_ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM256), let other = SPI(0x7_7777) else { return }
        let stack = try await Stack.here.stack()
        let database = try await Stack.here.database()
        let (own, old, new) = (Stack.address(1), Stack.address(2), Stack.address(3))
        var up = try Stack.association(0x7100, suite, from: own, to: old, .outbound)
        var down = try Stack.association(0x7101, suite, from: old, to: own, .inbound)
        up.state.lastSent = SequenceNumber(4_711)
        down.state.window?.record(SequenceNumber(815))
        let inner = (AddressRange(Stack.address(11)), AddressRange(Stack.address(12)))
        try await stack.install(
            [up, down],
            policies: [
                Policy(
                    name: "up", direction: .outbound,
                    selectors: [TrafficSelector(source: inner.0, destination: inner.1)], action: .protect,
                    origin: .user("lab"), association: up.identifier),
                Policy(
                    name: "down", direction: .inbound,
                    selectors: [TrafficSelector(source: inner.1, destination: inner.0)], action: .protect,
                    origin: .user("lab"), association: down.identifier),
            ])
        let updates = [
            GatewayUpdate(identifier: up.identifier, name: GatewayName(spi: other, address: new), order: 1),
            GatewayUpdate(
                identifier: down.identifier, name: GatewayName(spi: down.identifier.spi, address: new), order: 1),
        ]
        // The second time nothing changes, also where a crash left policies that bar.
        for round in 1...3 {
            try await stack.update(updates)
            try await check(stack, updates, up, down, &report)
            let policies = try database.policies()
            report.check(policies.count == 3, "there are \(policies.count) policies after update \(round)")
            for policy in policies {
                let template = policy.templates.first
                let end = policy.direction == 1 ? template?.destination : template?.source
                report.check(policy.action == 0 && end == new, "a policy is not turned by update \(round)")
            }
            var barred = policies.filter { $0.direction == 1 }
            for index in barred.indices { barred[index].action = 1 }
            _ = try database.add(barred, replaces: true)
        }
        await refuse(stack, updates, &report)
        try Stack.ip("-n", "STA", "xfrm", "state", "flush")
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
    }

    private static func check(
        _ stack: LinuxStack, _ updates: [GatewayUpdate], _ up: SecurityAssociation, _ down: SecurityAssociation,
        _ report: inout StackReport
    ) async throws {
        let all = try await stack.associations().map(\.association)
        report.check(all.count == 2, "there are \(all.count) SAs after an update")
        for (old, update) in zip([up, down], updates) {
            var wanted = old.withPeer(named: update.name)
            (wanted.state.renamings, wanted.state.installs) = (1, 2)
            var found = all.first { $0.direction == old.direction }
            found?.state.use.age = .zero
            report.check(found == wanted, "an SA is not what it was but for its name: \(found?.identifier as Any)")
        }
    }

    /// One that is not the next, and one whose second SA is not there.
    private static func refuse(
        _ stack: LinuxStack, _ updates: [GatewayUpdate], _ report: inout StackReport
    ) async {
        guard let spi = SPI(0x7_9999) else { return }
        let (up, down) = (updates[0], updates[1])
        let missing = SAIdentifier(spi: spi, destination: Stack.address(1), securityProtocol: .esp)
        let current = up.identifier.named(up.name)
        let outdated = [GatewayUpdate(identifier: current, name: up.name, order: 3)]
        report.check(await failure(of: outdated, stack) == .outdated(current), "an update that is not the next is done")
        let name = GatewayName(spi: down.name.spi, address: Stack.address(9))
        let half = [
            GatewayUpdate(identifier: down.identifier, name: name, order: 2),
            GatewayUpdate(identifier: missing, name: down.name, order: 1),
        ]
        report.check(
            await failure(of: half, stack) == .noAssociation(missing), "an update of an SA that is not there is done")
        let sources = try? await stack.associations().map(\.association.source)
        report.check(sources?.contains(Stack.address(9)) == false, "half of an update is carried out")
    }

    private static func failure(of updates: [GatewayUpdate], _ stack: LinuxStack) async -> StackError? {
        do { try await stack.update(updates) } catch { return error as? StackError }
        return nil
    }
}
