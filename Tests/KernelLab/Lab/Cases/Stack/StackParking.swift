import IPsec
import LinuxIPsec

/// A parked SA neither sends nor accepts: real packets, and what the kernel counts.
enum StackParking {
    private static let count = 20

    static func run(_ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { return }
        let (sender, receiver) = (try await Stack.here.stack(), try await Stack.there.stack())
        let (from, to) = (Stack.address(1), Stack.address(2))
        let traffic = TrafficSelector(source: AddressRange(from), destination: AddressRange(to), nextProtocol: 17)
        let ends = try [(sender, Direction.outbound), (receiver, .inbound)].map { stack, direction in
            (stack, try Stack.association(0x7000, suite, from: from, to: to, direction) { $0.mode = .transport })
        }
        let keys = ends[0].1.attributes.keys
        for (stack, association) in ends {
            var association = association
            var attributes = StaticAttributes(mode: .transport, keys: keys)
            attributes.replayWindowSize = association.attributes.replayWindowSize
            association.attributes = attributes
            try await stack.install(
                [association],
                policies: [
                    Policy(
                        name: "p", direction: association.direction, selectors: [traffic], action: .protect,
                        origin: .user("lab"), association: association.identifier)
                ])
        }
        let identifier = ends[0].1.identifier
        try await parkSender(sender, identifier, &report)
        try await parkReceiver(receiver, identifier, &report)
        let last = try await sender.associations([identifier])[identifier]
        report.check(
            last?.association.state.lastSent.value == UInt64(4 * count),
            "the sender's numbers do not go on as they were")
        for stack in [sender, receiver] { try await stack.remove([identifier], keepsForwarding: false) }
    }

    private static func parkSender(
        _ stack: LinuxStack, _ identifier: SAIdentifier, _ report: inout StackReport
    ) async throws {
        report.delivered += try await expect(count, "before anything is parked", &report)
        let database = try await Stack.here.database()
        let protecting = try database.policies().filter { !$0.templates.isEmpty }
        let state = try await stack.quiesce([identifier], forwarding: nil)[identifier]
        report.check(state?.lastSent.value == UInt64(count), "\(state?.lastSent.value ?? 0) packets were sent")
        let before = Losses.counters(at: Stack.here.namespace)
        // Also where the policy asks for an SA again.
        for isBarred in [true, false] {
            if !isBarred { _ = try database.add(protecting, replaces: true) }
            report.parkedOffered += count
            report.parkedTaken += try await expect(0, "from a parked SA", &report)
        }
        try await note(stack, identifier, count, before, at: Stack.here, &report)
        try await stack.resume([identifier])
        report.delivered += try await expect(count, "once the sender is back", &report)
    }

    private static func parkReceiver(
        _ stack: LinuxStack, _ identifier: SAIdentifier, _ report: inout StackReport
    ) async throws {
        _ = try await stack.quiesce([identifier], forwarding: nil)
        let before = Losses.counters(at: Stack.there.namespace)
        report.parkedOffered += count
        report.parkedTaken += try await expect(0, "through a parked SA", &report)
        try await note(stack, identifier, 2 * count, before, at: Stack.there, &report)
        try await stack.resume([identifier])
        report.delivered += try await expect(count, "once the receiver is back", &report)
    }

    /// What the kernel counted meanwhile: at the parked SA nothing.
    private static func note(
        _ stack: LinuxStack, _ identifier: SAIdentifier, _ packets: Int, _ before: [String: Int], at node: Stack.Node,
        _ report: inout StackReport
    ) async throws {
        let parked = try await stack.associations([identifier])[identifier]
        report.check(parked?.phase == .quiesced, "an SA is not parked")
        report.check(
            parked?.counters.packets == UInt64(packets),
            "a parked SA counts \(parked?.counters.packets ?? 0) packets, and not \(packets)")
        var growth = 0
        for (name, number) in Losses.counters(at: node.namespace) where number > before[name] ?? 0 {
            let grown = number - (before[name] ?? 0)
            report.parkedCounters["\(node.namespace) \(name)", default: 0] += grown
            growth += grown
        }
        report.check(growth >= count, "the kernel counts only \(growth) packets that no SA took")
    }

    /// Sends packets and says how many came; a fault where these are not as many as expected.
    private static func expect(_ expected: Int, _ when: String, _ report: inout StackReport) async throws -> Int {
        let came = try await StackPackets.exchange(count)
        report.check(came == expected, "\(came) of \(count) packets came \(when), and not \(expected)")
        return came
    }
}
