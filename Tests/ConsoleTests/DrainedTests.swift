import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("The users of a drain")
struct DrainedTests {
    private let holder = Figure10.label("SG1")

    /// So many users, of which the third and the 700th were refused and the ninth failed.
    private static func lines(_ count: Int, over: Int) -> [ReportedDrained] {
        (1...count).map { number in
            let move = MoveID(UInt128(number))
            let standing: ReportedDrained.Standing =
                switch number {
                case (over + 1)...(over + 32): .underWay(move)
                case (over + 1)...: .waiting
                case 3, 700: .over(.refused(.noCapacity), move)
                case 9: .over(.failed(.timeout(.taker)), move)
                default: .over(.completed, move)
                }
            return ReportedDrained(
                number: UInt64(number), user: "MN-\(number)", names: ["up-\(number)", "down-\(number)"],
                to: number.isMultiple(of: 2) ? "SG2" : "SG3", standing: standing)
        }
    }

    private static func drain(_ count: Int, over: Int) -> ReportedDrain {
        var drain = ReportedDrain(
            gateway: "SG1", requestedBy: "alice", start: Figure10.clock(0), moves: count, associations: 2 * count,
            staying: 3)
        drain.users = count
        let refused = [3, 700].count { $0 <= over }
        (drain.refused, drain.failed) = (refused, 1)
        drain.completed = over - refused - 1
        (drain.refusedAssociations, drain.failedAssociations) = (2 * refused, 2)
        drain.targets = [
            DrainTarget(gateway: "SG2", moves: over / 2, associations: over / 2 * 2),
            DrainTarget(
                gateway: "SG3", moves: drain.completed - over / 2, associations: 2 * (drain.completed - over / 2)),
        ]
        if over == count { drain.end = Figure10.clock(14_300) } else { drain.running = 32 }
        return drain
    }

    /// SG1 answers what it was asked.
    private func answer(
        _ bench: inout Bench, _ commands: [ConsoleCommand], _ lines: [ReportedDrained], _ drain: ReportedDrain
    ) -> [ConsoleCommand] {
        var next: [ConsoleCommand] = []
        for case .drained(let label, let query) in commands {
            let report = DrainedReport(query, of: lines, drain: drain)
            next += bench.send(.drained(label, query, .report(report), at: bench.now))
        }
        return next
    }

    private func queries(_ commands: [ConsoleCommand]) -> [DrainedQuery] {
        commands.compactMap { if case .drained(_, let query) = $0 { query } else { nil } }
    }

    /// A console with the users of a drain of 1,000 open and told.
    private func opened(over: Int, columns: Int = 80, rows: Int = 24) throws -> Bench {
        var bench = try Bench(columns: columns, rows: rows, moves: [Figure10.completed])
        bench.wait(milliseconds: 20_000)
        bench.change("SG1", .drain(Self.drain(1_000, over: over)))
        // On a wide screen the users stand beside the moves, and are asked for at once.
        let asked = bench.press("5") + bench.press(.tab, every: 10)
        #expect(queries(asked).count == 1)
        #expect(answer(&bench, asked, Self.lines(1_000, over: over), Self.drain(1_000, over: over)) == [])
        return bench
    }

    @Test("a drain under way has its picture", arguments: [(80, 24), (200, 60)])
    func picture(size: (columns: Int, rows: Int)) throws {
        let bench = try opened(over: 600, columns: size.columns, rows: size.rows)
        let name = "drain-\(size.columns)x\(size.rows)"
        try Golden.expect(bench.picture(), is: name)
        try Golden.expect(bench.picture(.ascii), is: name + "-ascii")
    }

    @Test("one that is over has, too, with those first that did not go", arguments: [(80, 24), (200, 60)])
    func pictureOfTheEnd(size: (columns: Int, rows: Int)) throws {
        var bench = try opened(over: 1_000, columns: size.columns, rows: size.rows)
        bench.press("j")
        try Golden.expect(bench.picture(), is: "drain-over-\(size.columns)x\(size.rows)")
    }

    @Test("a small screen has the list of users, and all that is known of one", arguments: [(60, 16), (40, 10)])
    func small(size: (columns: Int, rows: Int)) throws {
        var bench = try opened(over: 600, columns: size.columns, rows: size.rows)
        try Golden.expect(bench.picture(), is: "drain-small-\(size.columns)x\(size.rows)")
        bench.press(.enter)
        #expect(try bench.text.contains("MN-3"))
    }

    @Test("only lines in sight and beside them are asked for, at most one question at a time, and none in other views")
    func bounded() throws {
        var bench = try Bench()
        let (lines, drain) = (Self.lines(1_000, over: 600), Self.drain(1_000, over: 600))
        bench.change("SG1", .drain(drain))
        #expect(bench.press("5") == [])
        let first = bench.press(.tab)
        let query = try #require(queries(first).first)
        #expect(queries(first).count == 1 && query.skip == 0 && query.isUnsuccessfulFirst)
        #expect((1...60).contains(try #require(query.limit)))
        // Not answered yet: nothing else is asked, whatever happens.
        bench.wait(milliseconds: 5_000)
        #expect(queries(bench.press(.end)) == [] && queries(bench.press(.home)) == [])
        #expect(answer(&bench, first, lines, drain) == [])
        // Within what is known nothing is asked again, but once a second what became of it.
        #expect(queries(bench.press(.down, every: 10)) == [])
        #expect(queries(bench.press(.down, every: 990)).map(\.skip) == [0])
        #expect(answer(&bench, bench.press("0"), lines, drain) == [])
        bench.wait(milliseconds: 60_000)
        #expect(queries(bench.send(.tick(bench.now))) == [])
    }

    @Test("at the end of the list its lines are asked for at once, and where they are not told only every second")
    func scrolling() throws {
        var bench = try opened(over: 1_000)
        let (lines, drain) = (Self.lines(1_000, over: 1_000), Self.drain(1_000, over: 1_000))
        let asked = bench.press(.end, every: 5)
        let query = try #require(queries(asked).first)
        #expect(query.skip > 900 && query.limit ?? 1_000 < 60)
        // A gateway that does not tell them is not asked again and again.
        let nothing = DrainedReport(drain: drain, drained: [], hasMore: false, matching: 1_000)
        #expect(bench.send(.drained(holder, query, .report(nothing), at: bench.now)) == [])
        #expect(bench.console.wantedTick == 1)
        bench.wait(milliseconds: 1_000)
        let again = bench.send(.tick(bench.now))
        #expect(answer(&bench, again, lines, drain) == [])
        #expect(try bench.text.contains("MN-1000"))
        // Over and known: nothing is asked any more.
        #expect(bench.console.wantedTick != 1)
        bench.wait(milliseconds: 60_000)
        #expect(bench.send(.tick(bench.now)) == [])
    }

    @Test("the filter is the gateway's to apply, and finds those that were refused")
    func filter() throws {
        var bench = try opened(over: 1_000)
        let (lines, drain) = (Self.lines(1_000, over: 1_000), Self.drain(1_000, over: 1_000))
        bench.press("/")
        let asked = bench.press("r")
        #expect(queries(asked).map(\.text) == ["r"])
        for character in "efused" { #expect(queries(bench.press(character)) == []) }
        // The answer is of what is no longer wanted; what is wanted now is asked for at once.
        let next = answer(&bench, asked, lines, drain)
        #expect(queries(next).map(\.text) == ["refused"])
        #expect(answer(&bench, next, lines, drain) == [])
        bench.press(.enter)
        let text = try bench.text
        #expect(text.contains("Users 2 of 1,000 /refused") && text.contains("MN-700") && !text.contains("MN-9 "))
        #expect(queries(bench.press(.escape)).map(\.text) == [""])
    }

    @Test("the selection goes with its user, also when he comes to stand elsewhere")
    func selection() throws {
        var bench = try opened(over: 600)
        let (lines, drain) = (Self.lines(1_000, over: 600), Self.drain(1_000, over: 600))
        for key in ["/", "m", "n", "-", "7", "0", "0"].map(Key.character) + [.enter, .down] {
            var asked = bench.press(key)
            while !asked.isEmpty { asked = answer(&bench, asked, lines, drain) }
        }
        var asked = bench.press(.escape)
        #expect(queries(asked).map(\.find) == [700])
        // He stands far from the first lines: those beside him are asked for then.
        while !asked.isEmpty { asked = answer(&bench, asked, lines, drain) }
        #expect(try bench.text.contains("User MN-700"))
        bench.change("SG1", .drain(Self.drain(1_000, over: 700)))
        bench.wait(milliseconds: 1_000)
        asked = bench.send(.tick(bench.now))
        while !asked.isEmpty {
            asked = answer(&bench, asked, Self.lines(1_000, over: 700), Self.drain(1_000, over: 700))
        }
        let text = try bench.text
        #expect(text.contains("User MN-700") && text.contains("refused: the new gateway has no room"))
    }

    @Test("a gateway that does not tell is asked every five seconds, and its reason is shown")
    func failure() throws {
        var bench = try Bench()
        bench.change("SG1", .drain(Self.drain(1_000, over: 600)))
        bench.press("5")
        let query = try #require(queries(bench.press(.tab)).first)
        #expect(
            bench.send(.drained(holder, query, .failure("it is of another version"), at: bench.now)) == [])
        #expect(try bench.text.contains("SG1 does not tell: it is of another version"))
        bench.wait(milliseconds: 4_000)
        #expect(queries(bench.send(.tick(bench.now))) == [])
        bench.wait(milliseconds: 1_000)
        #expect(queries(bench.send(.tick(bench.now))).count == 1)
    }

    @Test("another drain makes the list anew, and what is told of the old one is no part of it")
    func another() throws {
        var bench = try opened(over: 1_000)
        var other = ReportedDrain(
            gateway: "SG1", requestedBy: "bob", start: Figure10.clock(60_000), moves: 1, associations: 1, staying: 0)
        other.users = 1
        bench.wait(milliseconds: 60_000)
        let asked = bench.send(
            .gateway(
                holder,
                .updated(
                    WatchUpdate(clock: bench.now, .changes([GatewayChange(revision: 3, .drain(other))]))),
                at: bench.now))
        #expect(queries(asked).count == 1)
        #expect(try !bench.text.contains("MN-3"))
        let old = Self.drain(1_000, over: 1_000)
        _ = answer(&bench, asked, Self.lines(1_000, over: 1_000), old)
        #expect(try !bench.text.contains("MN-3"))
    }

    @Test("what cannot move is counted apart from what stays, and stands first with its reason")
    func stuck() throws {
        var bench = try Bench(columns: 120)
        var drain = Self.drain(20, over: 20)
        (drain.refused, drain.refusedAssociations, drain.failed, drain.failedAssociations) = (0, 0, 0, 0)
        (drain.completed, drain.stuckAssociations) = (20, 1)
        bench.change("SG1", .drain(drain))
        let lines = [
            ReportedDrained(
                number: 1, user: "MN-0", names: ["up-0"], to: nil,
                standing: .over(.refused(.failure("its SPI is in use at SG2")), nil)),
            ReportedDrained(
                number: 2, user: "MN-1", names: ["up-1"], to: "SG2", standing: .over(.completed, MoveID(1))),
        ]
        bench.press("5")
        _ = answer(&bench, bench.press(.tab), lines, drain)
        #expect(try bench.text.contains("1 SA cannot move; 3 SAs stay"))
        #expect(try bench.text.contains("refused"))
        #expect(try bench.text.contains("its SPI is in use at SG2"))
        #expect(bench.press(.enter).allSatisfy { if case .trace = $0 { false } else { true } })
    }

    @Test("Enter shows all of one and asks for the messages of its move; x is about that move")
    func detail() throws {
        var bench = try opened(over: 600)
        let asked = bench.press(.enter)
        #expect(asked.contains(.trace(at: holder, MoveID(3))))
        let text = try bench.text
        #expect(text.contains("because") && text.contains("the new gateway has no room for another SA"))
    }
}
