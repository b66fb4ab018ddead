import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Screens")
struct ScreenTests {
    /// A view by its key.
    static let views: [(key: Character, name: String)] = [
        ("0", "dashboard"), ("1", "gateways"), ("2", "sad"), ("3", "spd"), ("4", "paths"), ("5", "moves"), ("6", "log"),
        ("?", "help"),
    ]

    @Test("every view has its picture", arguments: views.map(\.name), [(80, 24), (200, 60)])
    func picture(name: String, size: (columns: Int, rows: Int)) throws {
        let key = try #require(Self.views.first { $0.name == name }?.key)
        var bench = try Bench(columns: size.columns, rows: size.rows, moves: [Figure10.collecting])
        bench.wait(milliseconds: 4300)
        try bench.traffic(at: "SG1", times: 5)
        try bench.traffic(at: "MN", times: 5)
        bench.press(key)
        let place = "\(name)-\(size.columns)x\(size.rows)"
        try Golden.expect(bench.picture(), is: place)
        try Golden.expect(bench.picture(.ascii), is: place + "-ascii")
    }

    @Test("an ASCII screen has nothing but ASCII on it", arguments: views.map(\.key))
    func ascii(key: Character) throws {
        var bench = try Bench(moves: [Figure10.completed])
        bench.press(key)
        #expect(try bench.picture(.ascii).joined().allSatisfy(\.isASCII))
        bench.press(.escape, .character("m"))
        #expect(try bench.picture(.ascii).joined().allSatisfy(\.isASCII))
    }

    @Test("a small screen has one pane, a smaller one a line", arguments: [(60, 16), (40, 10), (39, 10), (20, 3)])
    func small(size: (columns: Int, rows: Int)) throws {
        let bench = try Bench(columns: size.columns, rows: size.rows, moves: [Figure10.waiting])
        try Golden.expect(bench.picture(), is: "small-\(size.columns)x\(size.rows)")
    }

    @Test("what to watch stands where a move will be, and apart where there is room", arguments: [(80, 24), (200, 60)])
    func lesson(size: (columns: Int, rows: Int)) throws {
        let options = ConsoleOptions(opensArmed: true, lesson: "MN is told nothing.")
        let quiet = try Bench(columns: size.columns, rows: size.rows, options: options)
        #expect(try quiet.picture().contains { $0.contains("MN is told nothing.") })
        let moving = try Bench(
            columns: size.columns, rows: size.rows, options: options, moves: [Figure10.collecting])
        #expect(try moving.picture().contains { $0.contains("MN is told nothing.") } == (size.columns == 200))
    }

    @Test("any size can be drawn, in every view", arguments: views.map(\.key))
    func anySize(key: Character) throws {
        for (columns, rows) in [
            (0, 0), (1, 1), (40, 10), (41, 13), (72, 20), (79, 21), (149, 41), (150, 42), (500, 200),
        ] {
            var bench = try Bench(columns: columns, rows: rows, moves: [Figure10.collecting])
            bench.press(key)
            _ = try bench.canvas()
            bench.press(.enter, .escape, .character("m"), .tab, .escape)
            _ = try bench.canvas()
        }
    }

    @Test("the move of the issue, step by step")
    func story() throws {
        var bench = try Bench()
        let label = Figure10.label("SG1")
        bench.press("m")
        bench.send(.planned(label, MoveSelection(names: ["down"]), .plan(try Figure10.plan()), at: bench.now))
        try Golden.expect(bench.picture(), is: "story-1-plan")
        bench.press("s")
        for node in ["PR", "SG1"] { bench.change(.init(node) ?? "PR", .move(Figure10.waiting)) }
        try Golden.expect(bench.picture(), is: "story-2-waiting")
        bench.press("a")
        try Golden.expect(bench.picture(), is: "story-3-approve")
        bench.press("y")
        bench.change("PR", .move(Figure10.collecting))
        bench.press("x")
        try Golden.expect(bench.picture(), is: "story-4-abort")
        bench.press(.escape)
        bench.change("PR", .move(Figure10.completed))
        for name in ["down", "up"] {
            bench.change("SG1", .associationRemoved(try Figure10.association(name, at: "SG1").identifier))
            bench.change("SG2", .association(try Figure10.association(name, at: "SG2", gateway: "SG2", packets: 40)))
        }
        try Golden.expect(bench.picture(), is: "story-5-completed")
    }

    @Test("Tab goes through the planes that have paths")
    func planes() throws {
        var bench = try Bench()
        let control = PathPair(plane: .control, previous: ["MN", "PR", "G", "RN"])
        for node in Figure10.nodes { bench.change(node.name, .path(ReportedPath(control))) }
        bench.press("4")
        #expect(try bench.text.contains("[data]  control"))
        bench.press(.tab)
        try Golden.expect(bench.picture(), is: "paths-pending")
        bench.press(.tab)
        #expect(try bench.text.contains("[data]  control"))
    }

    @Test("a plan tells the reasons of what stays and what is in conflict, also on a small screen")
    func conflict() throws {
        for (columns, rows, name) in [(80, 24, "plan-conflict"), (44, 12, "plan-small")] {
            var bench = try Bench(columns: columns, rows: rows)
            bench.press("m")
            var stays = try Figure10.entry("up", .none)
            stays.reasons = ["it belongs to a static policy of the operator and stays"]
            var conflict = try Figure10.entry("down", .conflict)
            conflict.reasons = ["SG2 does not support aes-gcm-16-256: choose another gateway, or renegotiate"]
            let plan = ReportedPlan(
                token: "t", expires: Figure10.start, approval: .both, associations: [stays, conflict])
            let selection = MoveSelection(names: ["down"])
            bench.send(.planned(Figure10.label("SG1"), selection, .plan(plan), at: bench.now))
            try Golden.expect(bench.picture(), is: name)
            #expect(bench.press("s") == [])
        }
    }

    @Test("a plan says why what stays stays, and whose SPI another takes the place of")
    func typesAndNames() throws {
        for (isReassigned, count, words, saysType) in [
            (true, 2, "SPI reassigned: up; all move together or not at all.", true),
            (false, 2, "SPIs kept; all move together or not at all.", true),
            (false, 12, "SPIs kept; all move together or not at all.", false),
        ] {
            var bench = try Bench(columns: 80, rows: 24)
            bench.press("m")
            var entries = [try Figure10.entry("up")]
            entries[0].keepsSPI = !isReassigned
            if isReassigned { entries[0].reasons = ["its SPI is in use at SG2, which gives it another"] }
            entries += try Array(repeating: Figure10.entry("down"), count: count - 1)
            let plan = ReportedPlan(token: "t", expires: Figure10.start, approval: .source, associations: entries)
            bench.send(
                .planned(Figure10.label("SG1"), MoveSelection(names: ["down"]), .plan(plan), at: bench.now))
            let text = try bench.text
            if count == 2 { #expect(text.contains(words)) }
            #expect(text.contains("its SPI is in use at SG2") == isReassigned)
            #expect(text.contains("MN keeps its end") == saysType)
        }
        var bench = try Bench(columns: 80, rows: 24)
        bench.press("m")
        let plan = ReportedPlan(
            token: "t", expires: Figure10.start, approval: .source, associations: [try Figure10.entry("up", .none)])
        bench.send(.planned(Figure10.label("SG1"), MoveSelection(names: ["down"]), .plan(plan), at: bench.now))
        #expect(try bench.text.contains("MN keeps its end"))
    }

    @Test("on the smallest screen a plan tells where SAs go")
    func narrowPlan() throws {
        var bench = try Bench(columns: 40, rows: 12)
        bench.press("m")
        var entry = try Figure10.entry("down")
        entry.name = "branch-office-down"
        let plan = ReportedPlan(token: "t", expires: Figure10.start, approval: .source, associations: [entry])
        let selection = MoveSelection(names: ["down"])
        bench.send(.planned(Figure10.label("SG1"), selection, .plan(plan), at: bench.now))
        #expect(try bench.text.contains("SG1 → SG2"))
        #expect(try bench.text.contains("FROM, TO"))
    }

    @Test("why a move was refused is told as a whole, also where the line is short")
    func wholeReason() throws {
        let reason = MoveReason.timeout(.taker)
        let refused = Figure10.move(.finished(.refused(reason)), [Figure10.phase(.plan, 0, 4)], abortable: false)
        let bench = try Bench(moves: [refused])
        let parts = try bench.picture().prefix(13).compactMap { $0.split(separator: "││").last }
        let words = parts.joined(separator: " ").split { " │─┐┘".contains($0) }.joined(separator: " ")
        #expect(words.contains("refused: \(reason)"), "\(words)")
    }

    @Test("several moves are counted together, and how they ended is told")
    func severalMoves() throws {
        let ended: [MoveOutcome] = [
            .refused(.spiInUse), .aborted(.aborted(by: "bob")), .failed(.timeout(.taker)), .ended(.expired),
        ]
        let moves = ended.enumerated().map { number, outcome in
            Figure10.move(
                .finished(outcome), [Figure10.phase(.plan, UInt64(number) * 100, UInt64(number) * 100 + 4)],
                abortable: false, id: MoveID(UInt128(number + 1) << 120))
        }
        var bench = try Bench(columns: 120, rows: 36, moves: moves + [Figure10.waiting])
        bench.wait(milliseconds: 2000)
        bench.press("5")
        try Golden.expect(bench.picture(), is: "moves-several")
    }
}
