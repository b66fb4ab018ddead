import Foundation
import Glibc
import IPsec
import LinuxIPsec

/// Either gateway's `ferryd` is killed in each phase of a move, and started again; in some it is asked to end.
enum Kills {
    /// In packets a second, each way.
    private static let rate = 200
    /// Between PR and NR, each way, in milliseconds: so long each phase takes that needs an answer.
    private static let delay = 20
    private static let phases = [
        "plan", "approve", "collect", "prepare", "quiesce", "transfer", "install", "redirect", "release",
    ]

    private static let stops: [End] = [
        End("PR", "plan", SIGTERM), End("NR", "prepare", SIGTERM), End("PR", "quiesce", SIGTERM),
        End("NR", "install", SIGTERM),
    ]

    /// Whose daemon ends, when and how.
    private struct End {
        let party: String
        let phase: String
        let signal: Int32

        init(_ party: String, _ phase: String, _ signal: Int32) {
            (self.party, self.phase, self.signal) = (party, phase, signal)
        }
    }

    static func run(_ report: inout LabReport) async throws {
        // So that they log in which phase a move is.
        for node in ["PR", "NR"] {
            try Daemon(node: node).end()
            try Daemon(node: node).start()
        }
        try Links.delay(mobile: 0, gateways: delay)
        defer { try? Links.clear() }
        let kills = phases.flatMap { phase in ["PR", "NR"].map { End($0, phase, SIGKILL) } }
        for end in wanted ?? kills + stops {
            let found = try await play(end)
            print("lab: \(found)")
            if found.isStop { report.stops.append(found) } else { report.kills.append(found) }
        }
    }

    /// Those that `LAB_KILLS` names, as "NR:redirect,PR:transfer,NR:install:stop", as often as it does.
    private static var wanted: [End]? {
        ProcessInfo.processInfo.environment["LAB_KILLS"].map { names in
            names.split(separator: ",").map { name in
                let parts = name.split(separator: ":").map(String.init) + ["", ""]
                return End(parts[0], parts[1], parts[2] == "stop" ? SIGTERM : SIGKILL)
            }
        }
    }

    private static func play(_ ending: End) async throws -> KillReport {
        let (party, phase) = (ending.party, ending.phase)
        try await Home.restore()
        // NR knows them from before, or does not.
        if party == "NR" { try await forgetBarriers() }
        let (previous, next) = (Daemon(node: "PR"), Daemon(node: "NR"))
        let all = try await previous.inForce()
        let starts = (previous.logLength, next.logLength)
        try Paths.set(from: "PR", to: "NR")
        let tap = try ClearTap()
        let flows = Flow.pair(through: Charon.children[0], rate: rate)
        try await Task.sleep(for: .milliseconds(500))
        print("lab: \(party) is to end in \(phase)")
        let approval = phase == "approve" ? ["--approval", "both"] : []
        let order = try Tool.startFerry(["move", "--via", "PR"] + approval)
        // The taker says when it installs, the previous router all others.
        let (watched, start) = phase == "install" ? (next, starts.1) : (previous, starts.0)
        let isSeen = watched.logs(["phase=\(phase)"], from: start, within: 20)
        guard isSeen else {
            throw LabError.failed("not settled: \(party), \(phase): is not entered\n\(order.end().output)")
        }
        let ended = Daemon(node: party)
        try ended.end(by: ending.signal)
        try ended.start()
        try settle()
        _ = order.end()
        try await Task.sleep(for: .seconds(1))
        for flow in flows { flow.stop() }
        let afterwards = Flow.pair(through: Charon.children[0], rate: rate)
        try await Task.sleep(for: .seconds(1))
        for flow in afterwards { flow.stop() }
        try await Task.sleep(for: .seconds(2))
        let (atPrevious, atNext) = (
            try await previous.inForce().intersection(all), try await next.inForce().intersection(all)
        )
        let lines = previous.log(from: starts.0) + next.log(from: starts.1)
        let lost = all.subtracting(atPrevious).subtracting(atNext).count
        let report = KillReport(
            party: party, phase: phase, isStop: ending.signal != SIGKILL, lost: lost,
            doubled: atPrevious.intersection(atNext).count,
            packetsLost: flows.map(\.summary.lost).reduce(0, +), clear: try tap.count(),
            lostAfterwards: afterwards.map(\.summary.lost).reduce(0, +),
            place: atPrevious == all ? "PR" : atNext == all ? "NR" : lost == 0 ? "both" : "nowhere",
            answering: try ["PR", "NR"].filter {
                try !Tool.run("ip", ["-n", $0, "addr", "show", "dev", "out", "to", "10.0.0.1"]).output.isEmpty
            },
            isRenegotiationAsked: lines.contains { $0.contains("renegotiation was asked for") })
        if !report.faults.isEmpty || report.lostAfterwards > 0 { try explain(lines, tap.senders()) }
        return report
    }

    /// What is to be known where something is wrong.
    private static func explain(_ lines: [Substring], _ senders: [String: Int]) throws {
        for line in lines { print("lab: \(line)") }
        print("lab: in the clear by hardware address: \(senders)")
        for node in ["PR", "NR"] {
            for words in [["link", "show", "out"], ["addr", "show", "to", "10.0.0.1"], ["xfrm", "policy"]] {
                print("lab: \(node) \(words[0])\n\(try Tool.run("ip", ["-n", node] + words).output)")
            }
        }
    }

    /// NR is as if it never had the SAs: nothing is left there that keeps their packets back.
    private static func forgetBarriers() async throws {
        try await Namespace.within("NR") {
            let database = try XfrmDatabase()
            _ = try database.delete(try database.policies().filter { $0.action == 1 && !$0.templates.isEmpty })
        }
    }

    /// Waits until no move is under way at either gateway; one that waits for operators is approved.
    private static func settle() throws {
        let end = Date() + 60
        while Date() < end {
            let listing = try Tool.ferry(["get", "moves", "--format", "json"])
            let open = try Report(listing.output).moves.filter { $0.state != "finished" }
            if listing.status == 0, open.isEmpty { return }
            for move in open where move.state == "awaitingApproval" {
                for gateway in ["PR", "NR"] { _ = try Tool.ferry(["approve", move.id], at: [gateway]) }
            }
            usleep(200_000)
        }
        throw LabError.failed("not settled: \(try Tool.ferry(["get", "moves"]).output)")
    }

    /// What `ferry get moves --format json` prints; nothing where it printed only why not.
    private struct Report: Decodable {
        struct Move: Decodable {
            let id: String
            let state: String
        }

        var moves: [Move] = []

        init(_ text: String) throws {
            guard let start = text.firstIndex(of: "{") else { return }
            struct Whole: Decodable { let moves: [Move] }
            moves = (try? JSONDecoder().decode(Whole.self, from: Data(text[start...].utf8)))?.moves ?? []
        }
    }
}
