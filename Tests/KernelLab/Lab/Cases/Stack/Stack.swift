import Foundation
import IPsec
import LinuxIPsec

/// The kernel's stack by itself, in two namespaces of its own.
enum Stack {
    /// One of the two nodes.
    struct Node: Sendable {
        let namespace: String
        let own: Int
        var address: IPAddress { Stack.address(own) }

        /// A stack there that holds no packets.
        func stack(
            notificationOctets: Int32 = 1 << 23, gate: any PacketGate = OpenGate()
        ) async throws -> LinuxStack {
            let addresses: Set = [Stack.address(own), Stack.address6(own)]
            return try await Namespace.within(namespace) {
                var settings = LinuxStackSettings(addresses: addresses)
                settings.notificationOctets = notificationOctets
                return try LinuxStack(settings, gate: gate)
            }
        }

        /// The kernel's SAD and SPD there, as somebody else would use it.
        func database() async throws -> XfrmDatabase { try await Namespace.within(namespace) { try XfrmDatabase() } }
    }

    static let here = Node(namespace: "STA", own: 1)
    static let there = Node(namespace: "STB", own: 2)

    static func address(_ last: Int) -> IPAddress { IPAddress(v4: 10, 77, 0, UInt8(last)) }
    static func address6(_ last: Int) -> IPAddress { IPAddress(family: .v6, value: 0xfd77 << 112 | UInt128(last)) }

    static func run(_ report: inout LabReport) async throws {
        for node in [here, there] { try ip("netns", "add", node.namespace) }
        try ip("link", "add", "st", "netns", "STA", "type", "veth", "peer", "name", "st", "netns", "STB")
        for node in [here, there] {
            try ip("-n", node.namespace, "addr", "add", "\(node.address)/24", "dev", "st")
            try ip("-n", node.namespace, "addr", "add", "\(address6(node.own))/64", "dev", "st", "nodad")
            for name in ["lo", "st"] { try ip("-n", node.namespace, "link", "set", name, "up") }
        }
        var stack = StackReport()
        defer { report.stack = stack }
        try await StackRoundTrips.run(&stack)
        try await StackRefusals.run(&stack)
        try await StackUndoing.run(&stack)
        try await StackParking.run(&stack)
        try await StackExpecting.run(&stack)
        try await StackNames.run(&stack)
        try await StackNews.run(&stack)
        print("lab: \(stack)")
    }

    /// Throws what it printed where it did not do it.
    static func ip(_ arguments: String...) throws {
        let (output, status) = try Tool.run("ip", arguments)
        guard status == 0 else { throw LabError.failed("ip \(arguments.joined(separator: " ")): \(output)") }
    }

    /// An SA between the two nodes.
    static func association(
        _ number: UInt32, _ suite: AlgorithmSuite, from source: IPAddress, to destination: IPAddress,
        _ direction: Direction, _ change: (inout StaticAttributes) -> Void = { _ in }
    ) throws -> SecurityAssociation {
        guard let spi = SPI(number) else { throw LabError.failed("the SPI \(number) is reserved") }
        var attributes = StaticAttributes(mode: .tunnel, keys: KeyedSuite(random: suite))
        change(&attributes)
        if direction == .outbound { attributes.replayWindowSize = nil }
        return SecurityAssociation(
            name: "sa-\(number)", user: "lab",
            identifier: SAIdentifier(spi: spi, destination: destination, securityProtocol: suite.securityProtocol),
            source: source, direction: direction, attributes: attributes)
    }
}

/// A gate that does nothing.
protocol IdleGate: PacketGate {}

extension IdleGate {
    func close(_ ways: [PacketWay]) async throws(StackError) {}
    func cut(_ identifiers: [SAIdentifier], at time: KernelTime) async {}
    func pass(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async {}
    func open(_ identifiers: [SAIdentifier], at time: KernelTime) async {}
    func drop(_ identifiers: [SAIdentifier]) async {}
    func adopt(_ names: [SAIdentifier: SAIdentifier]) async {}
    func retireOldNames(of identifiers: [SAIdentifier], at time: KernelTime) async {}
    var lost: UInt64 { get async { 0 } }
}

/// Holds nothing: what is tested is the kernel's own part.
struct OpenGate: IdleGate {}
