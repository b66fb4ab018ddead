import ConfigurationFiles
import Console
import Foundation
import GatewayAPI
import StrongSwan

/// How long traffic stops when SAs move, and when they are ended and negotiated anew.
enum Gaps {
    /// The only one there is, so that one pair of SAs moves or is negotiated.
    private static let child = Charon.children[0]
    /// In packets a second, each way.
    private static let rate = 1_000
    private static let delays = [0, 10, 50]
    /// How often each is measured.
    private static let runs = 3
    /// Between the gateways, in milliseconds each way, where it is not that of the other links.
    private static let short = 1

    static func run(_ report: inout LabReport) async throws {
        // Without an SA nothing goes out in the clear: else there would be no gap.
        for (node, way) in [("MN", "src 10.2.0.0/16 dst 10.1.0.0/16"), ("PR", "src 10.1.0.0/16 dst 10.2.0.0/16")] {
            let words = "-n \(node) xfrm policy add dir out \(way) action block priority 4000000000"
            let end = try Tool.run("ip", words.split(separator: " ").map(String.init))
            guard end.status == 0 else { throw LabError.failed("\(words): \(end.output)") }
        }
        // By a connection that is there before, as charon is asked: the start of a program would take the machine's time.
        let gaps = try await GatewayClient.connected(to: .socket("/run/PR/api.sock"), tls: nil) { gateway in
            // What runs for the first time is read from the disk.
            _ = try await ferry("a", 0, gateway)
            var gaps: [GapReport] = []
            for table in ["a", "b"] {
                for delay in delays {
                    let gap = try await measure(table, delay, gateway)
                    print("lab: \(gap)")
                    gaps.append(gap)
                }
            }
            return gaps
        }
        report.gap += gaps
        try Links.clear()
        try Charon.begin()
    }

    private static func measure(_ table: String, _ delay: Int, _ gateway: GatewayClient) async throws -> GapReport {
        var gap = GapReport(table: table, delayMilliseconds: delay)
        for _ in 0..<runs {
            let ferry = try await ferry(table, delay, gateway)
            gap.ferryRuns.append(ferry.gap)
            gap.ferryLost += ferry.lost
            gap.idleMilliseconds = max(gap.idleMilliseconds, ferry.idle)
        }
        for _ in 0..<runs { gap.strongswanRuns.append(try await charon()) }
        return gap
    }

    /// The user's SAs move from PR to NR.
    private static func ferry(
        _ table: String, _ delay: Int, _ gateway: GatewayClient
    ) async throws -> (gap: Double, lost: Int, idle: Double) {
        try await Home.restore([child])
        try Links.delay(mobile: delay, gateways: table == "a" ? short : delay)
        try Paths.set(from: "PR", to: "NR")
        var idle = 0.0
        let (gap, lost) = try await flow { flows in
            try await Task.sleep(for: .seconds(1))
            idle = flows.map(\.summary.gap).max() ?? 0
            flows.forEach { $0.beginAnew() }
            _ = try await gateway.move(MoveOrder(selection: MoveSelection()))
        }
        guard try await Daemon(node: "NR").inForce().count == 2 else {
            throw LabError.failed("not moved: gap \(table), \(delay) ms")
        }
        return (gap, lost, idle)
    }

    /// MN's charon ends its IKE SA with PR and negotiates a new one, with a child SA.
    private static func charon() async throws -> Double {
        try await Home.restore([child])
        let charon = StrongSwan(path: "/run/MN/charon.vici")
        guard let ike = try await charon.associations().first(where: { $0.name == "lab" }) else {
            throw LabError.failed("the IKE SA is not there, or not renewed")
        }
        let other = try await flow { flows in
            try await Task.sleep(for: .milliseconds(500))
            flows.forEach { $0.beginAnew() }
            try await charon.terminate(ike: ike.id, force: false, within: .seconds(10))
            try await charon.initiate(child: "gcm", of: "lab", within: .seconds(10))
        }
        return other.gap
    }

    /// The gap and the packets lost in traffic while something is done, and a second after it.
    private static func flow(_ body: ([Flow]) async throws -> Void) async throws -> (gap: Double, lost: Int) {
        let flows = Flow.pair(through: child, rate: rate)
        try await body(flows)
        try await Task.sleep(for: .seconds(1))
        let gap = flows.map(\.summary.gap).max() ?? 0
        flows.forEach { $0.stop() }
        try await Task.sleep(for: .seconds(2))
        return (gap, flows.map(\.summary.lost).reduce(0, +))
    }
}
