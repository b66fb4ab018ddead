import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("What several gateways tell of one thing")
struct SharedMoveTests {
    private static let completed = Figure10.completed.phases

    /// The lines of the move's phases on the dashboard, each with what stands before its name.
    private func phases(_ bench: Bench) throws -> [String] {
        try bench.picture().compactMap { line in
            guard let part = line.split(separator: "││").last, line.contains("││") else { return nil }
            let words = part.dropLast().split(separator: " ").joined(separator: " ")
            return MovePhase.allCases.contains { words.dropFirst(2).hasPrefix($0.name) } ? words : nil
        }
    }

    @Test("a phase that only the taker tells of is listed with the taker's times, by its own clock")
    func install() throws {
        var bench = try Bench()
        var led = Figure10.completed
        led.phases.removeAll { $0.phase == .install }
        bench.change("PR", .move(led))
        #expect(try phases(bench)[6] == "✓ install")
        var taken = Figure10.completed
        let late = 3_600_000
        taken.phases = [Figure10.phase(.install, UInt64(late), UInt64(late + 2))]
        bench.change("SG2", .move(taken))
        #expect(try phases(bench)[6] == "✓ install 2/2 2 ms")
        // Redirect began three milliseconds after transfer did.
        taken.phases = [Figure10.phase(.install, UInt64(late), UInt64(late + 700))]
        bench.change("SG2", .move(taken))
        #expect(try phases(bench)[6] == "✓ install 2/2 3 ms")
        #expect(try phases(bench).count == 9)
    }

    @Test("what another party is ahead with does not count before the one that leads says so")
    func ahead() throws {
        var bench = try Bench()
        var taken = Figure10.collecting
        taken.phases = [Figure10.phase(.install, 5000, 5007)]
        bench.change("SG2", .move(taken))
        bench.change("PR", .move(Figure10.collecting))
        #expect(try phases(bench)[6].hasPrefix("○ install"))
    }

    @Test("while a move waits for a key, what was before is over")
    func stepping() throws {
        var bench = try Bench()
        let phases = Self.completed.dropLast(2) + [Figure10.phase(.redirect, 5000, nil, done: 0)]
        bench.change("PR", .move(Figure10.move(.stepping(before: .release), Array(phases), abortable: false)))
        #expect(try self.phases(bench)[7...] == ["✓ redirect", "‖ release press n to go on"])
    }

    @Test("the phase that a move was aborted in is not shown as done")
    func aborted() throws {
        var bench = try Bench()
        let phases = [Figure10.phase(.plan, 1000, 1004), Figure10.phase(.approve, 1004, 2004, done: 0)]
        bench.change("PR", .move(Figure10.move(.finished(.aborted(.aborted(by: "bob"))), phases, abortable: false)))
        #expect(try self.phases(bench)[0...2] == ["✓ plan 2/2 4 ms", "■ approve 0/2 1.0 s", "○ collect"])
    }

    @Test(
        "a pause is told as a bound, rounded up",
        arguments: [(850, "851 µs"), (4321, "4.4 ms"), (4400, "4.5 ms"), (999_899, "999.9 ms"), (1_250_000, "1.3 s")])
    func pause(microseconds: Int, text: String) throws {
        var bench = try Bench()
        var move = Figure10.completed
        move.pause = .microseconds(microseconds)
        bench.change("PR", .move(move))
        #expect(try bench.text.contains("✓ completed, pause under \(text) "))
    }

    @Test("when the paths change places the nodes stay where they are, and the signs change")
    func turned() throws {
        var bench = try Bench()
        let turned = PathPair(plane: .data, previous: Figure10.path.next ?? [], next: Figure10.path.previous)
        for node in Figure10.nodes { bench.change(node.name, .path(ReportedPath(turned))) }
        for name in ["down", "up"] {
            bench.change("SG1", .associationRemoved(try Figure10.association(name, at: "SG1").identifier))
            bench.change("SG2", .association(try Figure10.association(name, at: "SG2", gateway: "SG2", packets: 40)))
        }
        try Golden.expect(bench.picture(), is: "dashboard-turned")
        for node in Figure10.nodes { bench.change(node.name, .path(ReportedPath(Figure10.path))) }
        #expect(try bench.picture()[2].contains("MN ==== PR ==== SG1 ===== G ====== RN"))
    }

    @Test("of a group whose other moves no gateway here tells of it is not said how many there are", arguments: 1...3)
    func group(members: Int) throws {
        let moves = (0..<members).map { number in
            var move = Figure10.move(.running, [], id: MoveID(UInt128(number + 1) << 96))
            move.group = MoveID(9)
            return move
        }
        var bench = try Bench(columns: 200, rows: 60, moves: moves)
        bench.press("5")
        let words = ["others that no gateway here tells of", "0000000", "2 others"][members - 1]
        let text = try bench.text
        #expect(text.contains("group      with \(words)"), "\(text)")
    }
}
