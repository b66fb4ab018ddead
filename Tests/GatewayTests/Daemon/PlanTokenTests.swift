import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("What stands for a plan")
struct PlanTokenTests {
    private let selection = MoveSelection(names: ["up"])
    private let now = ClockTime(milliseconds: 1_000)

    private func entries(_ action: PlannedAction = .move, mtu: UInt16? = nil) throws -> [ReportedPlanEntry] {
        var entry = ReportedPlanEntry(
            PlannedAssociation(name: "up", plane: .data, type: nil, action: action),
            suite: try #require(AlgorithmSuite(esp: .aesGCM256)))
        entry.pathMTUBefore = mtu
        return [entry]
    }

    @Test(
        "it is good for the same plan until it is too old", arguments: [(1_000, true), (2_000, true), (2_001, false)])
    func age(time: UInt64, isGood: Bool) throws {
        let token = PlanToken.make(selection, try entries(), expires: ClockTime(milliseconds: 2_000))
        #expect(
            try PlanToken.isGood(token, selection, entries(mtu: 1_400), now: ClockTime(milliseconds: time)) == isGood)
    }

    @Test("it is for no other plan, and nothing else is one")
    func other() throws {
        let plan = try entries()
        let token = PlanToken.make(selection, plan, expires: ClockTime(milliseconds: 2_000))
        #expect(try !PlanToken.isGood(token, selection, entries(.conflict), now: now))
        #expect(!PlanToken.isGood(token, MoveSelection(names: ["up"], to: "NR"), plan, now: now))
        #expect(!PlanToken.isGood(token, selection, [], now: now))
        for wrong in ["", "-", "x-y", String(token.dropLast()) + "z", "\(token)-1"] {
            #expect(!PlanToken.isGood(wrong, selection, plan, now: now))
        }
    }
}
