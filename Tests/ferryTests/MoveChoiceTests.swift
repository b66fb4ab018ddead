import ContextTransfer
import FakeGateways
import ForwardingPath
import GatewayAPI
import Testing
import ferry

@Suite("The move that an operator means")
struct MoveChoiceTests {
    private let waiting = Told(Sample.move(0xfeed << 112, .awaitingApproval([.source])), by: "PR")
    private let other = Told(Sample.move(0xfade << 112, .running), by: "PR")
    private let stepping = Told(Sample.move(0xbeef << 112, .stepping(before: .quiesce)), by: "PR")
    private let over = Told(Sample.move(0xdead << 112, .finished(.completed)), by: "PR")

    @Test("without a name it is the only one that waits for the decision")
    func only() throws {
        let moves = [waiting, other, stepping, over]
        #expect(try MoveChoice.choose(nil, for: .approve, among: moves) == waiting)
        #expect(try MoveChoice.choose(nil, for: .deny, among: moves) == waiting)
        #expect(try MoveChoice.choose(nil, for: .proceed, among: moves) == stepping)
        #expect(try MoveChoice.choose(nil, for: .abort, among: [over, other]) == other)
    }

    @Test("a name may be shortened as long as it is one move's, also of one that does not wait")
    func prefix() throws {
        let moves = [waiting, other, over]
        #expect(try MoveChoice.choose("fe", for: .approve, among: moves) == waiting)
        #expect(try MoveChoice.choose("FA", for: .approve, among: moves) == other)
        #expect(try MoveChoice.choose(over.thing.id.description, for: .abort, among: moves) == over)
    }

    @Test(
        "what is not clear is wrong usage, and said",
        arguments: [
            (nil, Decision.proceed, "there is no move to proceed: see ferry get moves"),
            (nil, .abort, "there are 2 moves to abort, so say which:"),
            ("f", .approve, "2 moves begin with f:"),
            ("0", .approve, "there is no move 0: see ferry get moves"),
            ("up", .approve, "up is not the name of a move"),
            ("", .approve, "is not the name of a move"),
        ] as [(String?, Decision, String)])
    func unclear(prefix: String?, decision: Decision, reason: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try MoveChoice.choose(prefix, for: decision, among: [waiting, other])
        }
        #expect(failure?.status == .usage)
        #expect(failure?.reason.contains(reason) == true, "\(failure?.reason ?? "")")
    }

    @Test("an approval goes to who has not agreed, an abort to the leader")
    func nodes() {
        let both = Sample.move(1, .awaitingApproval([.target, .source]))
        #expect(Decision.approve.nodes(for: both) == ["PR", "NR"])
        #expect(Decision.deny.nodes(for: Sample.move(1, .awaitingApproval([.target]))) == ["NR"])
        #expect(Decision.approve.nodes(for: Sample.move) == ["PR"])
        #expect(Decision.abort.nodes(for: both) == ["PR"])
    }

    @Test("a move that several gateways tell is taken in its leader's words")
    func merged() {
        let (holder, leader) = (Told(Sample.move(1, .queued), by: "SG1"), Told(Sample.move(1, .running), by: "PR"))
        let second = Told(Sample.move(2, .queued), by: "SG1")
        #expect([holder, second, leader].merged == [leader, second])
        #expect([leader, holder].merged == [leader])
        #expect([holder].merged == [holder])
    }
}
