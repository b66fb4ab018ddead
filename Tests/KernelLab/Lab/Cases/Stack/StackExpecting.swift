import IPsec
import LinuxIPsec
import Synchronization

/// What SAs that are to come are to protect does not leave in the clear: not while they are waited for, not where the process is
/// killed meanwhile, and not once it is known that they stay where they are.
enum StackExpecting {
    private static let count = 20

    static func run(_ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { return }
        let traffic = TrafficSelector(
            source: AddressRange(Stack.address(1)), destination: AddressRange(Stack.address(2)), nextProtocol: 17)
        let identifier = try Stack.association(0x7201, suite, from: Stack.address(1), to: Stack.address(2), .outbound)
            .identifier
        let elsewhere = ForwardingTarget(address: Stack.address(9))
        let stack = try await Stack.here.stack()
        try await stack.expect([identifier], selectors: [identifier: [traffic]])
        let database = try await Stack.here.database()
        func isBehind() throws -> Bool {
            try database.policies().contains { !$0.templates.isEmpty && $0.action == 1 && $0.priority > 1 << 31 }
        }
        try await expect(0, "for an SA that is to come", &report)
        report.check(try !isBehind(), "what an SA that is to come is to protect may leave by other policies")
        // As after a kill.
        let gate = NotingGate()
        let restarted = try await Stack.here.stack(gate: gate)
        try await restarted.begin()
        try await expect(0, "for an SA that was to come before a restart", &report)
        report.check(try isBehind(), "what was expected before a restart is before other policies")
        // It is expected once more.
        try await restarted.expect([identifier], selectors: [identifier: [traffic]])
        report.check(try !isBehind(), "what is expected again may leave by other policies")
        try await restarted.forget([identifier], returningTo: elsewhere)
        try await expect(0, "for an SA that did not come", &report)
        report.check(try isBehind(), "what did not come is before other policies")
        let way = gate.ways.last
        report.check(
            way?.identifier == identifier && way?.selectors == [traffic] && gate.passed[identifier] == elsewhere,
            "what comes for an SA that did not come is not passed on")
        try Stack.ip("-n", "STA", "xfrm", "policy", "flush")
        // Where nobody has it, nobody waits for it.
        try await stack.expect([identifier], selectors: [identifier: [traffic]])
        try await stack.forget([identifier], returningTo: nil)
        try await expect(count, "for an SA that nobody has", &report)
    }

    private static func expect(_ expected: Int, _ when: String, _ report: inout StackReport) async throws {
        let came = try await StackPackets.exchange(count)
        report.check(came == expected, "\(came) of \(count) packets came in the clear \(when), and not \(expected)")
    }
}

/// Holds nothing, and keeps what it was told.
private final class NotingGate: IdleGate {
    private let notes = Mutex((ways: [PacketWay](), passed: [SAIdentifier: ForwardingTarget]()))

    var ways: [PacketWay] { notes.withLock(\.ways) }
    var passed: [SAIdentifier: ForwardingTarget] { notes.withLock(\.passed) }

    func close(_ ways: [PacketWay]) async throws(StackError) { notes.withLock { $0.ways += ways } }
    func pass(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async {
        notes.withLock { notes in for identifier in identifiers { notes.passed[identifier] = target } }
    }
}
