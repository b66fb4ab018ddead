import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Draining from the console")
struct DrainFlowTests {
    private let holder = Figure10.label("SG1")

    @Test("a drain is planned, ordered, and its progress is shown")
    func drain() throws {
        var bench = try Bench()
        let selection = MoveSelection(draining: "SG1", to: ["SG2", "SG3"])
        #expect(bench.type(":drain SG1 --to SG2,SG3") == [.plan(at: holder, selection)])
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: Figure10.clock(1_000)))
        #expect(try bench.text.contains("Plan: drain SG1"))
        let order = MoveOrder(selection: selection, planToken: try Figure10.plan().token)
        bench.wait(milliseconds: 1_000)
        #expect(bench.press("s") == [.request(at: holder, .drain(order))])
        var drain = ReportedDrain(
            gateway: "SG1", requestedBy: "alice", start: Figure10.clock(0), moves: 1_000, associations: 2_000,
            staying: 3)
        (drain.completed, drain.refused, drain.running) = (599, 1, 32)
        bench.change("SG1", .drain(drain))
        bench.send(.answered(holder, .drain(order), .drain(drain), at: Figure10.clock(60_000)))
        #expect(try bench.text.contains("Drain of SG1"))
        let line = try #require(try bench.picture().first { $0.contains("599 of 1,000 done, 1 refused") })
        #expect(line.contains("to go; 3 SAs stay") && line.contains("█████") && !line.contains("…"), "\(line)")
    }

    @Test("x stops the drain that is under way, once that is agreed to, and so does :drain NODE --stop")
    func stopDrain() throws {
        var bench = try Bench()
        var drain = ReportedDrain(
            gateway: "SG1", requestedBy: "alice", start: Figure10.clock(0), moves: 1_000, associations: 2_000,
            staying: 3)
        (drain.completed, drain.failed, drain.running) = (599, 1, 32)
        bench.change("SG1", .drain(drain))
        bench.press("5")
        #expect(try bench.text.contains("599 of 1,000 done, 1 failed"))
        #expect(try bench.text.contains("x stop drain"))
        for key in ["x", ":drain SG1 --stop"] {
            #expect((key == "x" ? bench.press("x") : bench.type(key)) == [])
            #expect(try bench.text.contains("Stop the drain of SG1"))
            bench.wait(milliseconds: 1_000)
            #expect(bench.press("y") == [.request(at: holder, .stopDrain("SG1"))])
        }
        (drain.leftOut, drain.stoppedBy, drain.running) = (368, "alice", 0)
        (drain.completed, drain.end) = (631, Figure10.clock(60_000))
        bench.change("SG1", .drain(drain))
        bench.send(.answered(holder, .stopDrain("SG1"), .drain(drain), at: Figure10.clock(60_000)))
        #expect(try bench.text.contains("1 failed, 368 not begun; 3 SAs stay"))
        #expect(bench.press("x") == [])
        #expect(try !bench.text.contains("Stop the drain of SG1"))
    }

    @Test("a drain that a restart interrupted says that it waits, and can be stopped")
    func interrupted() throws {
        var bench = try Bench()
        bench.change(
            "SG1",
            .drain(
                ReportedDrain(
                    gateway: "SG1", requestedBy: "alice", start: Figure10.clock(0), moves: 0, associations: 0,
                    staying: 0)))
        bench.press("5")
        #expect(try bench.text.contains("goes on when it is settled what the restart interrupted"))
        #expect(bench.press("x") == [])
        #expect(try bench.text.contains("Stop the drain of SG1"))
    }

    @Test("a plan to drain lists first what does not simply move, and counts apart what is refused as things are")
    func drainPlan() throws {
        var bench = try Bench()
        let selection = MoveSelection(draining: "SG1", to: [])
        bench.type(":drain SG1")
        var plan = try Figure10.plan()
        var refused = try #require(plan.associations.last)
        (refused.name, refused.isRefusedNow) = ("odd", true)
        plan.associations += [refused]
        bench.send(.planned(holder, selection, .plan(plan), at: Figure10.clock(1_000)))
        let text = try bench.text
        #expect(text.contains("2 to move, 1 to try, refused as things are"))
        let rows = text.split(separator: "\n")
        let places = ["odd", "up"].compactMap { name in rows.firstIndex { $0.contains(" \(name) ") } }
        #expect(places.count == 2 && places == places.sorted())
    }
}
