import IPsec
import Synchronization
import Testing
import UserspaceIPsec

@Suite("The stack on sockets")
struct StackTests {
    /// The demo's part: where each address is on the virtual wire.
    private final class Routes: Sendable {
        private let table = Mutex<[IPAddress: WireEndpoint]>([:])
        func set(_ address: IPAddress, _ endpoint: WireEndpoint) { table.withLock { $0[address] = endpoint } }
        func callAsFunction(_ address: IPAddress) -> WireEndpoint? { table.withLock { $0[address] } }
    }

    private func stack(
        _ addresses: [IPAddress], _ routes: Routes, _ onDelivery: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) throws -> UserspaceStack {
        let stack = try UserspaceStack(
            StackConfiguration(
                engine: EngineConfiguration(addresses: Set(addresses.map { ScopedAddress($0) })),
                endpoint: WireEndpoint(address: 0x7f00_0001, port: 0), routes: { routes($1) }, onDelivery: onDelivery))
        for address in addresses { routes.set(address, stack.endpoint) }
        return stack
    }

    @Test(
        "what one stack sends arrives at the other's host, through an SA, and run ends when cancelled",
        .timeLimit(.minutes(1)))
    func delivery() async throws {
        let routes = Routes()
        let (arrivals, sink) = AsyncStream<[UInt8]>.makeStream()
        let sender = try stack([Samples.left4], routes)
        let receiver = try stack([Samples.right4, IPAddress(v4: 10, 2, 0, 2)], routes) { sink.yield($0) }
        let attributes = Samples.attributes(AlgorithmSuite.allESP[0])
        let outbound = Samples.association(attributes, .outbound)
        let inbound = Samples.association(attributes, .inbound)
        try await sender.install([outbound], policies: [Samples.protect(outbound)])
        try await receiver.install([inbound], policies: [Samples.protect(inbound)])
        try await withThrowingTaskGroup { group in
            group.addTask { try await receiver.run() }
            for number in 1...100 { sender.send(Samples.packet(number)) }
            var received: [[UInt8]] = []
            for await packet in arrivals {
                received.append(packet)
                if received.count == 100 { break }
            }
            #expect(received == (1...100).map { Samples.packet($0) })
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await receiver.associations().first?.counters.packets == 100)
        // Closed: sending does nothing but count.
        receiver.send(Samples.packet(to: Samples.left4))
        #expect(sender.wireCounters == WireCounters())
    }

    @Test("a lifetime ends while nothing is sent, and is told of", .timeLimit(.minutes(1)))
    func expiry() async throws {
        let stack = try stack([Samples.left4], Routes())
        var attributes = Samples.attributes(AlgorithmSuite.allESP[0])
        attributes.hardLifetime = Lifetime(seconds: 3600)
        var association = Samples.association(attributes, .outbound)
        association.state.use.age = .seconds(3600) - .milliseconds(50)
        let identifier = association.identifier
        try await withThrowingTaskGroup { group in
            group.addTask { try await stack.run() }
            try await stack.install([association], policies: [])
            for await event in stack.events {
                #expect(event == .ended(identifier, .hardLifetime))
                break
            }
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(try await stack.associations().first?.phase == .ended)
    }

    @Test("it tells of the SAs that it is asked for, and leaves out those that it does not have")
    func lookingUp() async throws {
        let stack = try stack([Samples.left4], Routes())
        let association = Samples.association(Samples.attributes(AlgorithmSuite.allESP[0]), .outbound)
        try await stack.install([association], policies: [])
        let other = SAIdentifier(
            spi: try #require(SPI(0xdead)), destination: association.identifier.destination, securityProtocol: .esp)
        let found = try await stack.associations([other, association.identifier])
        #expect(found.keys.map(\.self) == [association.identifier])
        #expect(found[association.identifier]?.phase == .inForce)
        #expect(found[association.identifier]?.association.attributes == association.attributes)
    }

    @Test("the operator's policies are replaced in their order, and those of users and SAs stay")
    func staticPolicies() async throws {
        let stack = try stack([Samples.left4], Routes())
        let association = Samples.association(Samples.attributes(AlgorithmSuite.allESP[0]), .outbound)
        let user = Samples.protect(association, selectors: [TrafficSelector(source: .all(.v4), destination: .all(.v4))])
        try await stack.install([association], policies: [user])
        let (first, second) = (Samples.anything(.bypass, .inbound), Samples.anything(.discard, .outbound))
        try stack.setStaticPolicies([first, second])
        #expect(try await stack.policies().map(\.name) == [user, first, second].map(\.name))
        try stack.setStaticPolicies([second, first])
        #expect(try await stack.policies().map(\.name) == [user, second, first].map(\.name))
        var taken = first
        taken.name = user.name
        #expect(throws: StackError.policyInUse(user.name)) { try stack.setStaticPolicies([taken]) }
        #expect(try await stack.policies().map(\.name) == [user, second, first].map(\.name))
        try stack.setStaticPolicies([])
        #expect(try await stack.policies() == [user])
    }

    @Test("a packet without a route is counted, and the tap sees it all the same")
    func unroutable() async throws {
        let routes = Routes()
        var configuration = StackConfiguration(
            engine: EngineConfiguration(addresses: [ScopedAddress(Samples.left4)]),
            endpoint: WireEndpoint(address: 0x7f00_0001, port: 0), routes: { routes($1) }, onDelivery: { _ in })
        let log = TapLog()
        configuration.tap = { direction, _, _ in log.add(direction) }
        let stack = try UserspaceStack(configuration)
        try await stack.install([], policies: [Samples.anything(.bypass, .outbound)])
        stack.send(Samples.packet())
        #expect(stack.wireCounters.unroutable == 1)
        #expect(log.directions == [.sent])
    }

    private final class TapLog: Sendable {
        private let log = Mutex<[TapDirection]>([])
        func add(_ direction: TapDirection) { log.withLock { $0.append(direction) } }
        var directions: [TapDirection] { log.withLock { $0 } }
    }

    @Test("an endpoint that is taken is an error in the system's words")
    func takenEndpoint() throws {
        let routes = Routes()
        let first = try stack([Samples.left4], routes)
        #expect(throws: StackError.system("bind to \(first.endpoint): Address already in use")) {
            try UserspaceStack(
                StackConfiguration(
                    engine: EngineConfiguration(addresses: []), endpoint: first.endpoint,
                    routes: { _, _ in nil }, onDelivery: { _ in }))
        }
    }
}
