import Foundation

/// The SAs that the charons negotiated move there and back under traffic, MN untouched.
enum Moves {
    /// Each move has ports of its own.
    nonisolated(unsafe) private static var ports: UInt16 = 9_000
    /// In packets a second, each way.
    private static let rate = 1_000
    /// The SAs of each case, with the number of their inner networks.
    private static let cases: [(name: String, network: Int)] = [("gcm", 0), ("cbc", 1), ("esn", 2)]

    static func run(_ report: inout LabReport) async throws {
        print("lab: SAs at PR\n\(try Tool.ferry(["get", "sad"]).output)")
        for (name, network) in cases {
            report.moves.append(try await move("\(name)-indirect", network, from: "PR", to: "NR"))
            if network == 0 { try rekey() }
            report.moves.append(try await move("\(name)-indirect-back", network, from: "NR", to: "PR"))
        }
        print("lab: SAs at PR\n\(try Tool.ferry(["get", "sad"]).output)")
        for move in report.moves { print("lab: \(move)") }
    }

    /// MN's charon renews its IKE SA with that of PR while the SAs are at NR: NR passes its messages on.
    private static func rekey() throws {
        let log = "/run/MN/charon.log"
        let rekeyed = try Tool.run(
            "swanctl", ["--rekey", "--ike", "lab", "--uri", "unix:///run/MN/charon.vici"])
        print("lab: swanctl --rekey --ike ends with \(rekeyed.status)")
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            let text = try String(contentsOfFile: log, encoding: .utf8)
            if text.contains("rekeyed between") || text.contains("rekeyed with") { return }
            usleep(100_000)
        }
        throw LabError.notRekeyed
    }

    /// Moves all SAs under traffic both ways, and replays afterwards at the new gateway what the old one had got.
    private static func move(
        _ name: String, _ network: Int, from old: String, to new: String
    ) async throws -> LabReport.Move {
        let mobile = Flow.End(namespace: "MN", address: "10.2.\(network).1")
        let server = Flow.End(namespace: "SRV", address: "10.1.\(network).1")
        for gateway in ["PR", "NR"] {
            _ = try Tool.ferry(
                ["path", "set", "--previous", "MN,\(old),G,RN", "--next", "MN,\(new),G,RN"], at: [gateway])
        }
        let tap = Wiretap(at: old)
        ports += 2
        let flows = [
            Flow(from: mobile, to: server, port: ports, rate: rate),
            Flow(from: server, to: mobile, port: ports + 1, rate: rate),
        ]
        try await Task.sleep(for: .seconds(2))
        let captured = tap.stop()
        let before = Tool.messages(ofCharonAt: "MN")
        let order = try Tool.ferry(["move", "--via", old])
        print("lab: ferry move ends with \(order.status)\n\(order.output)")
        guard order.status == 0 else { throw LabError.notMoved(name) }
        try await Task.sleep(for: .seconds(2))
        let messages = Tool.messages(ofCharonAt: "MN") - before
        let accepted = flows[0].summary.duplicated
        let offered = await Wiretap.replay(captured, from: "MN")
        for flow in flows { flow.stop() }
        try await Task.sleep(for: .seconds(2))
        let ends = flows.map(\.summary)
        for (way, flow) in zip(["from MN", "to MN"], flows) where !flow.missing.isEmpty {
            print("lab: missing \(way): \(flow.missing)")
            for node in ["MN", "PR", "NR"] {
                let counters = try Tool.run("ip", ["netns", "exec", node, "cat", "/proc/net/xfrm_stat"]).output
                print(
                    "lab: \(node)",
                    counters.split(separator: "\n").filter { !$0.hasSuffix("\t0") }.joined(separator: "; "))
            }
        }
        return LabReport.Move(
            case: name, sent: ends.map(\.sent).reduce(0, +), lost: ends.map(\.lost).reduce(0, +), duplicated: accepted,
            replayOffered: offered, replayAccepted: ends[0].duplicated - accepted,
            gapMilliseconds: ends.map(\.gap).max() ?? 0, ikeMessages: messages)
    }
}
