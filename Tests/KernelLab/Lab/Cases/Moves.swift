import Foundation

/// The SAs that the charons negotiated move there and back under traffic, MN untouched.
enum Moves {
    /// In packets a second, each way.
    private static let rate = 1_000

    static func run(_ report: inout LabReport) async throws {
        print("lab: SAs at PR\n\(try Tool.ferry(["get", "sad"]).output)")
        for child in Charon.children {
            report.moves.append(try await move("\(child.name)-indirect", child, from: "PR", to: "NR"))
            if child.name == "gcm" { try rekey() }
            if child.name == "gcm" {
                report.moves.append(try await move("gcm-indirect-back", child, from: "NR", to: "PR"))
            } else {
                try order(child, from: "NR", to: "PR")
            }
        }
        // While the first user's SAs stay the address stays, and packets of the second one's are passed on.
        try Charon.order(["--initiate", "--child", "natt"], at: "MN")
        report.moves.append(try await move("natt-indirect", Charon.other, from: "PR", to: "NR"))
        report.moves.append(try await move("natt-indirect-back", Charon.other, from: "NR", to: "PR"))
        _ = try? Charon.order(["--terminate", "--ike", "bob"], at: "MN")
        for move in report.moves { print("lab: \(move)") }
    }

    /// Has all SAs of a user moved; those of the other one stay, at the same address of the gateway.
    private static func order(_ child: Charon.Child, from old: String, to new: String) throws {
        let user = child.connection == "bob" ? "MN2" : "MN"
        try Paths.set(user, from: old, to: new)
        let order = try Tool.ferry(["move", "--via", old])
        guard order.status == 0 else { throw LabError.failed("not moved: \(child.name): \(order.output)") }
    }

    /// MN's charon renews its IKE SA with that of PR while the SAs are at NR: NR passes its messages on.
    private static func rekey() throws {
        try Charon.order(["--rekey", "--ike", "lab"], at: "MN")
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if Charon.log(of: "MN").contains(where: { $0.contains("rekeyed between") || $0.contains("rekeyed with") }) {
                return
            }
            usleep(100_000)
        }
        throw LabError.failed("the IKE SA is not there, or not renewed")
    }

    /// Moves all SAs under traffic both ways, and replays afterwards at the new gateway what the old one had got.
    private static func move(
        _ name: String, _ child: Charon.Child, from old: String, to new: String
    ) async throws -> LabReport.Move {
        let losses = Losses(at: ["MN", "PR", "NR"])
        let tap = Wiretap(at: old)
        let flows = Flow.pair(through: child, rate: rate)
        try await Task.sleep(for: .seconds(2))
        let captured = tap.stop()
        let before = Charon.messages(of: "MN")
        try order(child, from: old, to: new)
        try await Task.sleep(for: .seconds(2))
        let messages = Charon.messages(of: "MN") - before
        let accepted = flows[0].summary.duplicated
        // Before packets come again as fast as they can be sent: where they are passed on, others wait behind them.
        let gap = flows.map(\.summary.gap).max() ?? 0
        let offered = try await Wiretap.replay(captured, from: "MN")
        for flow in flows { flow.stop() }
        try await Task.sleep(for: .seconds(2))
        let ends = flows.map(\.summary)
        losses.tell(flows, in: name)
        return LabReport.Move(
            case: name, sent: ends.map(\.sent).reduce(0, +), lost: ends.map(\.lost).reduce(0, +), duplicated: accepted,
            replayOffered: offered, replayAccepted: ends[0].duplicated - accepted,
            gapMilliseconds: gap, ikeMessages: messages)
    }
}
