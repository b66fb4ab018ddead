import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Gateways that come and go")
struct ReachTests {
    @Test("what was told last stays, marked, with the time since the gateway was lost")
    func lost() throws {
        var bench = try Bench()
        bench.tell("SG1", .unreachable(reason: "connection refused"))
        bench.wait(milliseconds: 12_000)
        bench.send(.tick(bench.now))
        try Golden.expect(bench.picture(), is: "lost-dashboard")
        bench.press("1")
        bench.press(.down, .down)
        try Golden.expect(bench.picture(), is: "lost-gateways")
        bench.press("m")
        #expect(try bench.footer.contains("SG1 cannot be reached: connection refused"))
        try bench.connect("SG1")
        #expect(try !bench.text.contains("lost"))
    }

    @Test("a failed attempt to come back does not make the time begin anew")
    func since() throws {
        var bench = try Bench()
        bench.tell("SG1", .unreachable(reason: "one"))
        bench.wait(milliseconds: 30_000)
        bench.tell("SG1", .connecting)
        bench.tell("SG1", .unreachable(reason: "two"))
        #expect(try bench.picture()[0].contains("SG1 lost 30 s"))
    }

    @Test("a gateway that answers but tells nothing is as lost as before")
    func describedOnly() throws {
        var bench = try Bench()
        bench.tell("SG1", .unreachable(reason: "gone"))
        for _ in 0..<3 {
            bench.wait(milliseconds: 10_000)
            bench.tell("SG1", .described(Figure10.description("SG1")))
            bench.tell("SG1", .unreachable(reason: "the watch failed"))
        }
        bench.tell("SG1", .described(Figure10.description("SG1")))
        #expect(try bench.picture()[0].contains("SG1 lost 30 s"))
        try bench.connect("SG1")
        #expect(try !bench.text.contains("lost"))
    }

    @Test("what is left of the life of an SA runs on, also while its gateway is lost, marked")
    func left() throws {
        var bench = try Bench(columns: 200, rows: 60)
        bench.press("2")
        #expect(try bench.text.contains("59 m"))
        bench.tell("SG1", .unreachable(reason: "gone"))
        bench.wait(milliseconds: 3_000_000)
        bench.send(.tick(bench.now))
        let rows = try bench.picture().filter { $0.contains("0x00001001") }
        #expect(rows.count >= 2 && rows[0].contains(" 9 m") && rows[1].contains("9 m"))
        #expect(try !bench.text.contains("59 m"))
    }

    @Test("SAs that have ended are not counted, wherever SAs are")
    func ended() throws {
        var bench = try Bench(columns: 150, rows: 42)
        for name in ["up", "down"] {
            bench.change("SG1", .association(try Figure10.association(name, at: "SG1", phase: .ended)))
        }
        #expect(try bench.picture()[0].contains("5 of 5 gateways, 1 mobile node, 2 SAs"))
        #expect(bench.console.fleet[Figure10.label("SG1")]?.associations.liveCount == 0)
        #expect(try !bench.picture()[3].dropFirst(10).contains("2 SAs"))
        bench.change("SG1", .association(try Figure10.association("up", at: "SG1")))
        #expect(bench.console.fleet[Figure10.label("SG1")]?.associations.liveCount == 1)
    }

    @Test("an SA is counted once, whichever of its ends tell of it; a mobile node is no gateway")
    func census() throws {
        var bench = try Bench(columns: 150, rows: 42)
        #expect(try bench.picture()[0].contains("5 of 5 gateways, 1 mobile node, 2 SAs"))
        // Only MN's word is left, and then none.
        for name in ["up", "down"] {
            bench.change("SG1", .association(try Figure10.association(name, at: "SG1", phase: .ended)))
        }
        #expect(try bench.picture()[0].contains("2 SAs"))
        bench.change("MN", .association(try Figure10.association("up", at: "MN", phase: .ended)))
        #expect(try bench.picture()[0].contains("1 SA,"))
        bench.tell("NR", .unreachable(reason: "gone"))
        #expect(try bench.picture()[0].contains("4 of 5 gateways"))
    }

    @Test("a mobile node's row has the type and the place that the gateway with its SA tells")
    func typeOfMobileNode() throws {
        var bench = try Bench(columns: 200, rows: 42)
        var lost = try Figure10.association("up", at: "MN")
        (lost.type, lost.peer) = (nil, "NR")
        bench.change("MN", .association(lost))
        bench.press("2")
        let row = try #require(try bench.picture().first { $0.contains("MN ") && $0.contains(" up ") })
        #expect(row.contains(" 5 ") && row.contains("SG1") && !row.contains("?"), "\(row)")
    }

    @Test("an SA is drawn under the paths of its own plane")
    func planes() throws {
        var bench = try Bench()
        #expect(try bench.picture().contains { $0.contains("2 SAs") })
        var moved = try Figure10.association("up", at: "SG1")
        moved.plane = .control
        bench.change("SG1", .association(moved))
        bench.wait(milliseconds: 100)
        #expect(try bench.picture().contains { $0.contains("1 SA ") })
        let arcs = try bench.picture().filter { $0.contains("type 5") }
        #expect(arcs.allSatisfy { !$0.contains("down, up") } && !arcs.isEmpty)
    }

    @Test("an arc to the far end has its words on the other side where its own has no room")
    func farArc() throws {
        var bench = try Bench()
        for name in ["up", "down"] {
            var far = try Figure10.association(name, at: "SG1")
            (far.peer, far.type) = ("RN", .three)
            bench.change("SG1", .association(far))
        }
        bench.wait(milliseconds: 100)
        #expect(try bench.picture().contains { $0.contains("type 3 → by plan ╰─ down, up") })
    }

    @Test("how long a gateway is lost runs on while the screen is frozen")
    func lostWhileFrozen() throws {
        var bench = try Bench()
        bench.press(" ")
        bench.tell("SG1", .unreachable(reason: "gone"))
        #expect(bench.console.wantedTick == 1)
        bench.wait(milliseconds: 30_000)
        bench.send(.tick(bench.now))
        #expect(try bench.picture()[0].contains("SG1 lost 30 s"))
        #expect(try bench.picture()[0].contains("+0"))
    }

    @Test("on a narrow screen the trouble gives way to whether the console is armed")
    func narrow() throws {
        var bench = try Bench(columns: 40, rows: 10)
        bench.tell("SG1", .unreachable(reason: "gone"))
        bench.press(" ")
        #expect(try bench.picture()[0].contains("▲ armed"))
    }

    @Test("before any answer the screen says so")
    func empty() throws {
        let bench = Bench(unreached: Size(columns: 80, rows: 24))
        try Golden.expect(bench.picture(), is: "empty-dashboard")
        #expect(bench.console.wantedTick == nil)
    }

    @Test("without gateways the screen says how to name one")
    func none() throws {
        var console = ConsoleProgram()
        _ = console.update(.resize(Size(columns: 80, rows: 24)))
        var canvas = Canvas(columns: 80, rows: 24)
        console.view(on: &canvas)
        #expect(canvas.lines.joined().contains("--gateway HOST:PORT"))
    }

    @Test("while the leader of a move is lost, another party tells of it")
    func leaderLost() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.tell("PR", .unreachable(reason: "gone"))
        bench.change("SG1", .move(Figure10.collecting))
        #expect(bench.console.fleet.moves.map(\.move.state) == [.running])
        #expect(bench.console.fleet.moves.map(\.reporter) == [Figure10.label("SG1")])
        try bench.connect("PR", moves: [Figure10.completed])
        #expect(bench.console.fleet.moves.map(\.move.state) == [.finished(.completed)])
    }

    @Test("gateways that tell of other paths are named")
    func dissent() throws {
        var bench = try Bench()
        let other = PathPair(plane: .data, previous: ["MN", "PR", "RN"])
        bench.change("G", .path(ReportedPath(other)))
        bench.press("4")
        #expect(try bench.text.contains("G says otherwise"))
    }

    @Test("names and texts from elsewhere cannot reach the terminal as controls")
    func hostile() throws {
        var bench = try Bench()
        var evil = try Figure10.association("up", at: "SG1")
        evil.name = "\u{1b}[2J\u{202e}up\n"
        bench.change("SG1", .association(evil))
        bench.tell("SG2", .unreachable(reason: "\u{1b}]0;x\u{7}"))
        for key in "0123456" {
            bench.press(key)
            bench.press(.end, .enter)
            let text = try bench.picture().joined()
            #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0.value != 0x202e })
            bench.press(.escape)
        }
        bench.press("2")
        #expect(try bench.text.contains("^[[2J"))
    }
}
