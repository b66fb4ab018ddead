import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Which move a key is about")
struct MoveChoiceTests {
    private static let other = MoveID(0x77aa_0000_0000_0000_0000_0000_0000_0002)
    private let pr = Figure10.label("PR")

    /// A move that runs, newer than the one of ``Figure10/waiting``.
    private static let running = Figure10.move(
        .running, [Figure10.phase(.plan, 2000, 2004), Figure10.phase(.collect, 2004, nil, done: 1)], id: other)

    private static func stepping(_ id: MoveID, began: UInt64 = 0) -> ReportedMove {
        Figure10.move(.stepping(before: .collect), [Figure10.phase(.plan, began, began + 4)], id: id)
    }

    @Test("a selected or named move that does not wait is not replaced by one that does")
    func approve() throws {
        var bench = try Bench(moves: [Figure10.waiting, Self.running])
        bench.press("5")
        #expect(try bench.picture().contains { $0.contains("▸ 77aa0000") })
        #expect(bench.press("a") == [])
        #expect(try bench.footer.contains("Move 77aa0000 does not wait for approval: collect; press 5 for another"))
        bench.type(":approve 77aa")
        #expect(try !bench.text.contains("Approve move"))
        bench.press(.down)
        bench.press("a")
        #expect(try bench.text.contains("Approve move 3f9ac7e1"))
    }

    @Test("n lets no other move go on than the selected one")
    func proceed() throws {
        var bench = try Bench(moves: [Self.stepping(Figure10.moveID), Self.running])
        bench.press("5")
        #expect(bench.press("n") == [])
        #expect(try bench.footer.contains("Move 77aa0000 does not wait for a key"))
        bench.press(.down)
        #expect(bench.press("n") == [.request(at: pr, .proceed(Figure10.moveID))])
    }

    @Test("where no move is to be seen, a, x and n are about the only one there is", arguments: "136")
    func only(view: Character) throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.press(view)
        bench.press("a")
        #expect(try bench.text.contains("Approve move 3f9ac7e1"))
        bench.press(.escape)
        bench.press("x")
        #expect(try bench.text.contains("Abort move 3f9ac7e1"))
        bench.press(.escape)
        bench.change("PR", .move(Self.stepping(Figure10.moveID)))
        #expect(bench.press("n") == [.request(at: pr, .proceed(Figure10.moveID))])
    }

    @Test("and about none where there are several", arguments: "136")
    func several(view: Character) throws {
        var bench = try Bench(moves: [Self.stepping(Figure10.moveID), Self.stepping(Self.other, began: 100)])
        // Selects one, which is out of sight in the other view.
        bench.press("5")
        bench.press(view)
        for (key, text) in [("x", "2 moves are under way"), ("n", "2 moves wait for a key")] as [(Character, String)] {
            #expect(bench.press(key) == [])
            #expect(try bench.footer.contains(text + ": press 5 and select one"))
        }
    }

    @Test("in the SAD they are about the move of the selected SA")
    func ofAssociation() throws {
        var bench = try Bench(moves: [Self.running, Figure10.waiting])
        bench.change("SG1", .association(try Figure10.association("up", at: "SG1", moving: Figure10.moveID)))
        bench.change("SG1", .association(try Figure10.association("down", at: "SG1", moving: Self.other)))
        bench.press("2")
        bench.press(.end)
        bench.press("x")
        #expect(try bench.text.contains("Abort move 3f9ac7e1"))
        bench.press(.escape, .up)
        bench.press("x")
        #expect(try bench.text.contains("Abort move 77aa0000"))
        bench.press(.escape)
        #expect(bench.press("a") == [])
        #expect(try bench.footer.contains("Move 77aa0000 does not wait for approval"))
    }

    @Test("a move that was begun in another view is the selected one", arguments: "123")
    func begun(view: Character) throws {
        var bench = try Bench(moves: [Self.running])
        bench.press(view)
        let request = GatewayRequest.move(MoveOrder(selection: MoveSelection(names: ["up"])))
        bench.send(.answered(Figure10.label("SG1"), request, .moves([Figure10.waiting]), at: bench.now))
        bench.press("5")
        #expect(try bench.picture().contains { $0.contains("▸ 3f9ac7e1") })
    }
}
