import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("What a new router was asked before")
struct ActivationMemoryTests {
    private static let address = IPAddress(v4: 10, 0, 0, 1)
    private static let realms = ["A", "B"].compactMap { Realm($0) }
    private static let subjects = realms.map { MoveSubject(address: address, realm: $0) }

    /// The two mobile nodes with that address ask for it, each time with another number where none is given.
    private struct Asked {
        var memory = ActivationMemory()
        private var last: UInt32 = 1_000_000
        private let start = ContinuousClock.now

        mutating func ask(
            _ mobile: NodeName, _ number: UInt32? = nil, at router: NodeName = "PR", isAnswered: Bool = true,
            after: Duration = .zero
        ) -> ActivationMemory.Verdict {
            last += 1
            return memory.hand(
                on: number ?? last, of: subjects[mobile == "MA" ? 0 : 1], to: router, for: mobile,
                isAnswered: isAnswered, now: start + after)
        }

        /// The new router asks on its own.
        mutating func own(_ mobile: NodeName) -> ActivationMemory.Verdict {
            memory.hand(
                on: nil, of: subjects[mobile == "MA" ? 0 : 1], to: "PR", for: mobile, isAnswered: false, now: start)
        }

        mutating func answer(by router: NodeName = "PR") -> NodeName? { memory.answered(address, by: router) }
    }

    @Test("a number of one realm is not used up in the other")
    func realms() {
        var asked = Asked()
        #expect([asked.ask("MA", 7), asked.ask("MB", 7, at: "PR2")] == [.handedOn, .handedOn])
        #expect([asked.ask("MA", 7), asked.ask("MB", 7, at: "PR2")] == [.usedBefore, .usedBefore])
    }

    @Test("the last numbers are known, and none ever locks a mobile node out")
    func window() {
        var asked = Asked()
        let verdicts = Set((1...200_000 as ClosedRange<UInt32>).map { asked.ask("MA", $0) })
        #expect(verdicts == [.handedOn])
        #expect([asked.ask("MA", 200_000), asked.ask("MA", 199_001)] == [.usedBefore, .usedBefore])
        #expect(asked.ask("MA", 1) == .handedOn)
        #expect([asked.ask("MA", 199_001), asked.ask("MA", 199_003)] == [.handedOn, .usedBefore])
    }

    @Test("an answer is of the one mobile node with that address that waits for this router's")
    func answers() {
        var asked = Asked()
        #expect([asked.ask("MA"), asked.ask("MB"), asked.ask("MB", at: "PR2")] == [.handedOn, .askAgain, .handedOn])
        #expect([asked.answer(), asked.answer(), asked.answer(by: "PR2")] == ["MA", nil, "MB"])
        #expect([asked.ask("MB"), asked.ask("MA")] == [.handedOn, .askAgain])
        #expect(asked.ask("MA", isAnswered: false, after: ActivationMemory.patience) == .handedOn)
        #expect(asked.answer() == nil)
    }

    @Test("one that has to ask again may do so with the same number")
    func again() {
        var asked = Asked()
        #expect([asked.ask("MA", 1), asked.ask("MB", 7)] == [.handedOn, .askAgain])
        #expect(asked.answer() == "MA")
        #expect([asked.ask("MB", 7), asked.ask("MB", 7)] == [.handedOn, .usedBefore])
        #expect([asked.answer(), asked.answer()] == ["MB", nil])
    }

    @Test("where a mobile node asked twice, the second answer is its own too")
    func twice() {
        var asked = Asked()
        #expect([asked.ask("MA"), asked.ask("MA")] == [.handedOn, .handedOn])
        #expect(asked.answer() == "MA")
        #expect(asked.ask("MB") == .askAgain)
        #expect(asked.answer() == "MA")
        #expect(asked.ask("MB") == .handedOn)
    }

    @Test(
        "an answer to the new router's own request is told to nobody, nor may it wait beside one",
        arguments: ["MA", "MB"])
    func own(mobile: String) throws {
        let mobile = try #require(NodeName(mobile[...]))
        var asked = Asked()
        #expect([asked.ask("MA"), asked.own(mobile)] == [.handedOn, .askAgain])
        #expect(asked.answer() == "MA")
        #expect([asked.own(mobile), asked.own(mobile), asked.ask("MA")] == [.handedOn, .handedOn, .askAgain])
        #expect([asked.answer(), asked.answer()] == [nil, nil])
        #expect(asked.ask("MA") == .handedOn)
    }

    @Test("the daemon of the new router lets its own requests wait for each other's answers")
    func daemon() async throws {
        let network = Network(
            nodes: zip(["MA", "MB"] as [NodeName], Self.realms).map {
                Node(name: $0, role: .mobileNode, addresses: [Self.address], realms: [$1])
            } + [
                Node(name: "PR", role: .accessRouter, addresses: [IPAddress(v4: 192, 0, 2, 2)], realms: Self.realms),
                Node(name: "NR", role: .accessRouter, addresses: [IPAddress(v4: 192, 0, 2, 3)], realms: Self.realms),
            ],
            paths: [PathPair(plane: .data, previous: ["MA", "PR"], next: ["MA", "NR"])])
        let daemon = try Site(network).daemon("NR", stack: FakeStack())
        try await daemon.requestContexts(of: "MA", by: "alice")
        try await daemon.requestContexts(of: "MA", by: "alice")
        await #expect(throws: OperationRefusal.self) { try await daemon.requestContexts(of: "MB", by: "alice") }
    }
}
