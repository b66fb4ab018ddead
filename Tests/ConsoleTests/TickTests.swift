import Console
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Ticks")
struct TickTests {
    @Test("an idle console wants no tick but for lifetimes that run out")
    func idle() throws {
        var bench = try Bench()
        #expect(bench.console.wantedTick == 10)
        for name in ["MN", "SG1"] {
            let label = Figure10.label(name == "MN" ? "MN" : "SG1")
            bench.send(
                .gateway(
                    label, .updated(WatchUpdate(clock: bench.now, .snapshot(GatewaySnapshot(revision: 2)))),
                    at: bench.now))
        }
        #expect(bench.console.wantedTick == nil)
    }

    @Test("a tick is asked for once when it begins to be wanted, and once when it no longer is")
    func asked() throws {
        var bench = try Bench()
        let running = GatewayNews.updated(
            WatchUpdate(clock: bench.now, .changes([GatewayChange(revision: 2, .move(Figure10.collecting))])))
        let over = GatewayNews.updated(
            WatchUpdate(clock: bench.now, .changes([GatewayChange(revision: 2, .move(Figure10.completed))])))
        let label = Figure10.label("PR")
        #expect(bench.console.update(.gateway(label, running, at: bench.now)) == [.tick(everySeconds: 1)])
        #expect(bench.console.update(.gateway(label, running, at: bench.now)) == [])
        #expect(bench.console.update(.gateway(label, over, at: bench.now)) == [.tick(everySeconds: 10)])
    }

    @Test("traffic, an armed console's last minute and a lost gateway each want one")
    func wanted() throws {
        var bench = try Bench(options: ConsoleOptions(armedMinutes: 1))
        bench.press("w")
        #expect(bench.console.wantedTick == 1)
        bench.press("w")
        #expect(bench.console.wantedTick == 10)
        bench.tell("SG2", .unreachable(reason: "gone"))
        #expect(bench.console.wantedTick == 1)
        try bench.connect("SG2")
        try bench.traffic(at: "SG1", times: 5)
        #expect(bench.console.wantedTick == 1)
        bench.wait(milliseconds: 5000)
        bench.send(.tick(bench.now))
        #expect(bench.console.wantedTick == 10)
    }
}
