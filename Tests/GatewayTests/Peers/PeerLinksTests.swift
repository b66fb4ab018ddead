import ContextTransfer
import Credentials
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("Links between routers", .timeLimit(.minutes(1)))
struct PeerLinksTests {
    @Test("two routers exchange a thousand messages each way, in order")
    func exchange() async throws {
        let routers = try Routers()
        let (one, other) = (try routers.links("A"), try routers.links("B"))
        let sent = (0..<1_000).map(message(numbered:))
        try await routers.running(one, other) {
            for message in sent {
                one.send(message, to: "B")
                other.send(message, to: "A")
            }
            async let received = receive(1_000, by: one)
            #expect(await receive(1_000, by: other) == sent)
            #expect(await received == sent)
        }
    }

    @Test("the longest and the shortest message arrive, and say who sent them")
    func extremes() async throws {
        let routers = try Routers()
        let (one, other) = (try routers.links("A"), try routers.links("B"))
        let sent = [message([UInt8](repeating: 9, count: 65_531)), message([])]
        try await routers.running(one, other) {
            for message in sent { one.send(message, to: "B") }
            var messages = other.incoming.makeAsyncIterator()
            for message in sent {
                let received = try #require(await messages.next())
                #expect(received.from == "A")
                #expect(received.message.read { $0 } == message)
            }
        }
    }

    @Test("on a trusted network a message that names no sender may be the first, and its sender is known")
    func trustedFirst() async throws {
        let address = IPAddress(v4: 192, 0, 2, 1)
        let requests: [CXTPMessage] = [
            .activateRequest(
                ActivateRequest(
                    wantsAcknowledgement: true, previousAddress: address, routerAddress: address, sequence: 7, token: 9,
                    requests: [])),
            .transferRequest(TransferRequest(previousAddress: address, sequence: 7, token: 0, requests: [])),
            .transferDataReply(TransferDataReply(isSuccess: true, previousAddress: address, statuses: [])),
            .activateAcknowledge(ActivateAcknowledge(previousAddress: address, failures: [])),
        ]
        for request in requests {
            let routers = try Routers()
            let (one, other) = (
                try routers.links("A", trusted: .loopback), try routers.links("B", trusted: .loopback)
            )
            let octets = try request.encoded()
            try await routers.running(one, other) {
                one.send(octets, to: "B")
                var messages = other.incoming.makeAsyncIterator()
                let greeting = try #require(await messages.next())
                #expect(greeting.from == "A" && greeting.message.read { $0 } != octets)
                let received = try #require(await messages.next())
                #expect(received.from == "A" && received.message.read { $0 } == octets)
            }
        }
    }

    @Test("after the other router restarts, messages flow again")
    func restart() async throws {
        let routers = try Routers()
        let one = try routers.links("A")
        try await routers.running(one) {
            let first = try routers.links("B")
            try await routers.running(first) {
                one.send(message(numbered: 1), to: "B")
                #expect(await receive(1, by: first) == [message(numbered: 1)])
                let change = try #require(await one.changes.first { _ in true })
                #expect(change == ("B", true))
            }
            let change = try #require(await one.changes.first { _ in true })
            #expect(change == ("B", false))
            let second = try routers.links("B", port: try routers.port(of: "B"))
            try await routers.running(second) {
                one.send(message(numbered: 2), to: "B")
                #expect(await receive(1, by: second) == [message(numbered: 2)])
            }
        }
    }

    @Test("what was sent before the other router listened arrives, the oldest dropped when too many wait")
    func queue() async throws {
        let routers = try Routers()
        var limits = PeerLimits()
        limits.outgoing = 3
        let log = Logbook()
        let one = try routers.links("A", limits: limits, log: log)
        for number in 1...5 { one.send(message(numbered: number), to: "B") }
        #expect(await log.first(containing: "Dropped the oldest message") != nil)
        let other = try routers.links("B")
        try await routers.running(one, other) {
            #expect(await receive(3, by: other) == (3...5).map(message(numbered:)))
        }
    }

    @Test("another router's certificate than that of the one dialled is refused by who dials")
    func dialledAnother() async throws {
        let routers = try Routers()
        let log = Logbook()
        let (one, third) = (try routers.links("A", log: log), try routers.links("C"))
        try await routers.running(one, third) {
            routers.place("B", at: try await third.boundPort)
            one.send(message(numbered: 1), to: "B")
            #expect(await log.first(containing: "router C answered in place of B") != nil)
        }
        #expect(await receive(1, by: third) == [])
    }

    @Test("a listener whose certificate another authority signed is refused by who dials")
    func dialledForeign() async throws {
        let (routers, foreign) = (try Routers(), try Routers())
        let log = Logbook()
        let (one, other) = (try routers.links("A", log: log), try foreign.links("B"))
        try await routers.running(one) {
            try await foreign.running(other) {
                routers.place("B", at: try await other.boundPort)
                one.send(message(numbered: 1), to: "B")
                #expect(await log.first(containing: "CERTIFICATE_VERIFY_FAILED") != nil)
            }
        }
    }

    @Test("an operator's certificate makes no links")
    func notARouter() throws {
        let pki = try Routers().pki
        #expect(throws: PeerLinksError.notARouter(pki.operator.identity)) {
            try PeerLinks(
                credential: pki.operator, authority: pki.authority.certificatePEM,
                listen: Endpoint(host: "127.0.0.1", port: 0), nodes: Routers.nodes, endpoints: { _ in nil },
                logger: Logbook().logger)
        }
    }

    @Test("a port that is taken is an error that names it")
    func taken() async throws {
        let routers = try Routers()
        let one = try routers.links("A")
        try await routers.running(one) {
            let port = try await one.boundPort
            let second = try routers.links("B", port: port)
            let error = await #expect(throws: PeerLinksError.self) { try await second.run() }
            guard case .cannotListen(let endpoint, _) = error else {
                Issue.record("The error is another one.")
                return
            }
            #expect(endpoint.port == port)
            await #expect(throws: PeerLinksError.notListening) { try await second.boundPort }
        }
    }

    @Test("links end at once though a router answers a dial with silence")
    func silent() async throws {
        let routers = try Routers()
        let one = try routers.links("A")
        let silence = try await Silence()
        routers.place("B", at: silence.port)
        let start = ContinuousClock.now
        try await routers.running(one) {
            one.send(message(numbered: 1), to: "B")
            await silence.isDialled()
        }
        #expect(start.duration(to: .now) < .seconds(10))
        await silence.end()
    }

    @Test("a router that does not know us refuses us, and the link is down")
    func refusedByOther() async throws {
        let routers = try Routers()
        let log = Logbook()
        let one = try routers.links("A", log: log)
        let wary = Logbook()
        let other = try routers.links("B", knowing: ["C"], log: wary)
        try await routers.running(one, other) {
            one.send(message(numbered: 1), to: "B")
            #expect(await wary.first(containing: "router A is no other node") != nil)
            // Up after TLS's handshake, down after the refusal.
            let change = try #require(await one.changes.first { !$0.isUp })
            #expect(change == ("B", false))
        }
    }

    @Test("a node that is added later is dialled, and its certificate is accepted")
    func added() async throws {
        let routers = try Routers()
        let one = try routers.links("A", knowing: ["A", "B"])
        let third = try routers.links("C")
        try await routers.running(one, third) {
            await one.dismiss(one.replace(nodes: Routers.nodes))
            one.send(message(numbered: 1), to: "C")
            #expect(await receive(1, by: third) == [message(numbered: 1)])
            third.send(message(numbered: 2), to: "A")
            #expect(await receive(1, by: one) == [message(numbered: 2)])
        }
    }

    @Test("a node that is taken out is cut off, and neither dialled nor accepted any more")
    func removed() async throws {
        let routers = try Routers()
        let log = Logbook()
        let (one, other) = (try routers.links("A", log: log), try routers.links("B"))
        try await routers.running(one, other) {
            one.send(message(numbered: 1), to: "B")
            other.send(message(numbered: 2), to: "A")
            #expect(await receive(1, by: other) == [message(numbered: 1)])
            #expect(await receive(1, by: one) == [message(numbered: 2)])
            await one.dismiss(one.replace(nodes: ["A", "C"]))
            let change = try #require(await one.changes.first { !$0.isUp })
            #expect(change == ("B", false))
            one.send(message(numbered: 3), to: "B")
            #expect(await log.first(containing: "its node is not known") != nil)
            // What is on its way when a connection is cut is lost: it goes on until it dials anew.
            other.send(message(numbered: 4), to: "A")
            other.send(message(numbered: 5), to: "A")
            #expect(await log.first(containing: "router B is no other node") != nil)
        }
        #expect(await receive(1, by: one) == [])
    }

    @Test("ended links do not listen and say so")
    func ended() async throws {
        let routers = try Routers()
        let one = try routers.links("A")
        let port = try await routers.running(one) { try await one.boundPort }
        await #expect(throws: (any Error).self) { try await Stranger(port: port) }
        #expect(await receive(1, by: one) == [])
        #expect(await one.changes.first { _ in true } == nil)
    }
}
