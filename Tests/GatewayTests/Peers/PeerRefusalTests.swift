import Credentials
import ForwardingPath
import Gateway
import NIOSSL
import Testing

@Suite("Who and what a router refuses", .timeLimit(.minutes(1)))
struct PeerRefusalTests {
    @Test(
        "a certificate that is not another router's of the network is refused, with its role and name in the log",
        arguments: [
            (PeerIdentity(role: .viewer, name: "viewer"), "viewer viewer is not a router"),
            (PeerIdentity(role: .operator, name: "B"), "operator B is not a router"),
            (PeerIdentity(role: .router, name: "D"), "router D is no other node"),
            (PeerIdentity(role: .router, name: "A"), "router A is no other node"),
        ])
    func identities(identity: PeerIdentity?, reason: String) async throws {
        let routers = try Routers()
        let credential = try routers.pki.authority.issue(try #require(identity))
        try await refused(routers, reason: reason) { port in
            try await Stranger(
                port: port, credential: credential, authority: routers.pki.authority.certificatePEM)
        }
    }

    @Test("a certificate of another authority, with the right name, is refused")
    func foreign() async throws {
        let (routers, foreign) = (try Routers(), try Routers())
        let credential = try foreign.credential("B")
        try await refused(routers, reason: "CERTIFICATE_VERIFY_FAILED") { port in
            try await Stranger(
                port: port, credential: credential, authority: routers.pki.authority.certificatePEM)
        }
    }

    @Test("a client without a certificate is refused")
    func anonymous() async throws {
        let routers = try Routers()
        try await refused(routers, reason: "PEER_DID_NOT_RETURN_A_CERTIFICATE") { port in
            try await Stranger(port: port, credential: nil, authority: routers.pki.authority.certificatePEM)
        }
    }

    @Test("TLS 1.2 is refused")
    func oldVersion() async throws {
        let routers = try Routers()
        let credential = try routers.credential("B")
        try await refused(routers, reason: "UNSUPPORTED_PROTOCOL") { port in
            try await Stranger(
                port: port, credential: credential, authority: routers.pki.authority.certificatePEM, version: .tlsv12)
        }
    }

    @Test("what is not TLS is refused")
    func plain() async throws {
        try await refused(try Routers(), reason: "TLS failed") { port in try await Stranger(port: port) }
    }

    @Test("who says nothing is refused after a time")
    func silent() async throws {
        var limits = PeerLimits()
        limits.handshake = .milliseconds(100)
        let log = Logbook()
        let routers = try Routers()
        let one = try routers.links("A", limits: limits, log: log)
        try await routers.running(one) {
            let stranger = try await Stranger(port: one.boundPort)
            await stranger.isClosed()
            #expect(await log.first(containing: "did not authenticate in time") != nil)
        }
    }

    @Test(
        "a router that does not speak CXTP is cut off, and the others are served",
        arguments: [
            ([0x20, 0x00, 0x00, 0x03], "length 3"),
            ([0xe0, 0x00, 0x00, 0x08], "version 7"),
            ([0x00], "version 0"),
            ([0x20, 0x00], "not ended in time"),
            ([0x20, 0x00, 0xff, 0xff] + [UInt8](repeating: 0x20, count: 65_530), "not ended in time"),
            // Longer than its header says: the rest is read as the next message.
            ([0x20, 0x00, 0x00, 0x05, 0x01, 0x99], "version 4"),
        ] as [([UInt8], String)])
    func garbage(octets: [UInt8], reason: String) async throws {
        var limits = PeerLimits()
        limits.message = .milliseconds(100)
        let log = Logbook()
        let routers = try Routers()
        let (one, third) = (try routers.links("A", limits: limits, log: log), try routers.links("C"))
        let credential = try routers.credential("B")
        try await routers.running(one, third) {
            let stranger = try await Stranger(
                port: one.boundPort, credential: credential, authority: routers.pki.authority.certificatePEM)
            stranger.say(octets)
            await stranger.isClosed()
            #expect(await log.first(containing: reason) != nil)
            third.send(message(numbered: 1), to: "A")
            let received = await one.incoming.first { $0.from == "C" }
            #expect(received?.message.read { $0 } == message(numbered: 1))
        }
    }

    @Test("a flood of connections displaces its own oldest, and a router comes through")
    func flood() async throws {
        var limits = PeerLimits()
        limits.unauthenticated = 4
        let routers = try Routers()
        let (one, other) = (try routers.links("A", limits: limits), try routers.links("B"))
        try await routers.running(one, other) {
            var strangers: [Stranger] = []
            for _ in 0..<12 { strangers.append(try await Stranger(port: one.boundPort)) }
            // Which are the oldest is up to the threads that accept them.
            await withTaskGroup { group in
                for stranger in strangers { group.addTask { await stranger.isClosed() } }
                for _ in 0..<8 { await group.next() }
                other.send(message(numbered: 1), to: "A")
                #expect(await receive(1, by: one) == [message(numbered: 1)])
                for stranger in strangers { stranger.leave() }
            }
        }
    }

    @Test("a second connection of a router replaces its first")
    func replaced() async throws {
        let routers = try Routers()
        let one = try routers.links("A")
        let credential = try routers.credential("B")
        try await routers.running(one) {
            let authority = routers.pki.authority.certificatePEM
            let first = try await Stranger(port: one.boundPort, credential: credential, authority: authority)
            first.say(message(numbered: 1))
            #expect(await receive(1, by: one) == [message(numbered: 1)])
            let second = try await Stranger(port: one.boundPort, credential: credential, authority: authority)
            await first.isClosed()
            second.say(message(numbered: 2))
            #expect(await receive(1, by: one) == [message(numbered: 2)])
            second.leave()
        }
    }

    /// A stranger speaks, is cut off for that reason, and another router is served.
    private func refused(
        _ routers: Routers, reason: String, by connect: @Sendable (UInt16) async throws -> Stranger
    ) async throws {
        let log = Logbook()
        let (one, third) = (try routers.links("A", log: log), try routers.links("C"))
        try await routers.running(one, third) {
            let stranger = try await connect(one.boundPort)
            stranger.say(message(numbered: 666))
            await stranger.isClosed()
            let entry = await log.first(containing: "Refused a connection")
            #expect(entry?.contains(reason) == true, "\(entry ?? "nothing")")
            third.send(message(numbered: 1), to: "A")
            #expect(await receive(1, by: one) == [message(numbered: 1)])
        }
    }
}
