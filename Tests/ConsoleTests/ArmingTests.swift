import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Arming and roles")
struct ArmingTests {
    private let selection = MoveSelection(names: ["down"])

    @Test("the console is read-only until w, and again after its minutes")
    func armed() throws {
        var bench = try Bench(options: ConsoleOptions(armedMinutes: 10), moves: [Figure10.waiting])
        #expect(bench.press("a") == [])
        #expect(try bench.footer.contains("press w to arm"))
        bench.press("w")
        #expect(try bench.picture()[0].contains("armed 10 m"))
        bench.press("a")
        #expect(try bench.text.contains("Approve move"))
        bench.press(.escape)
        bench.wait(milliseconds: 600_000)
        bench.send(.tick(bench.now))
        #expect(try bench.picture()[0].contains("read-only"))
        #expect(try bench.footer.contains("read-only again"))
    }

    @Test("a question that was open when the time ran out orders nothing")
    func ranOut() throws {
        var bench = try Bench(options: ConsoleOptions(armedMinutes: 1), moves: [Figure10.waiting])
        bench.press("w")
        bench.press("a")
        bench.wait(milliseconds: 60_000)
        #expect(bench.press("y") == [])
    }

    @Test("w disarms, and a held w does not turn it on and off")
    func disarm() throws {
        var bench = try Bench(options: ConsoleOptions())
        bench.press("w")
        for _ in 0..<9 { bench.press(.character("w"), every: 30) }
        #expect(try bench.picture()[0].contains("armed 10 m"))
        bench.press("w")
        #expect(try bench.picture()[0].contains("read-only"))
    }

    @Test("a plan can be read while read-only, and started after w")
    func planUnarmed() throws {
        var bench = try Bench(options: ConsoleOptions())
        bench.press("m")
        bench.send(.planned(Figure10.label("SG1"), selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(try bench.text.contains("press w to arm"))
        #expect(bench.press("s") == [])
        bench.press("w")
        #expect(bench.press(.character("s"), every: 100) == [])
        #expect(bench.press(.character("s"), every: 1000).count == 1)
    }

    @Test("a viewer reads plans, and is told that a viewer may not move, approve, abort or arm")
    func viewer() throws {
        var bench = try Bench(as: .viewer, moves: [Figure10.waiting])
        #expect(try bench.picture()[0].contains("viewer"))
        for (key, act) in [("a", "approve"), ("x", "abort")] as [(Character, String)] {
            #expect(bench.press(key) == [])
            #expect(try bench.footer.contains("a viewer (alice), who may look and not \(act)"))
        }
        bench.press("w")
        #expect(try bench.footer.contains("viewer"))
        #expect(bench.press("m").count == 1)
        bench.send(.planned(Figure10.label("SG1"), selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(try bench.text.contains("takes you for a viewer"))
        #expect(bench.press("s") == [])
    }
}
