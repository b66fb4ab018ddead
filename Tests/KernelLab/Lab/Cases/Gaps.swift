import Foundation
import StrongSwan

/// How long traffic stops when SAs move, and when they are ended and negotiated anew.
enum Gaps {
    /// In packets a second, each way.
    private static let rate = 1_000
    private static let delays = [0, 10, 50]
    /// Between the gateways, in milliseconds each way, where it is not that of the other links.
    private static let short = 1

    static func run(_ report: inout LabReport) async throws {
        // Without an SA nothing goes out in the clear: else there would be no gap.
        for (node, way) in [("MN", "src 10.2.0.0/16 dst 10.1.0.0/16"), ("PR", "src 10.1.0.0/16 dst 10.2.0.0/16")] {
            let words = "-n \(node) xfrm policy add dir out \(way) action block priority 4000000000"
            let end = try Tool.run("ip", words.split(separator: " ").map(String.init))
            guard end.status == 0 else { throw LabError.failed("\(words): \(end.output)") }
        }
        for table in ["a", "b"] {
            for delay in delays {
                let gap = try await measure(table, delay)
                print("lab: \(gap)")
                report.gap.append(gap)
            }
        }
        try Links.clear()
    }

    private static func measure(_ table: String, _ delay: Int) async throws -> GapReport {
        try await Home.restore()
        try Links.delay(mobile: delay, gateways: table == "a" ? short : delay)
        try Paths.set(from: "PR", to: "NR")
        var idle = 0.0
        let ferry = try await flow { flows in
            try await Task.sleep(for: .seconds(1))
            idle = flows.map(\.summary.gap).max() ?? 0
            flows.forEach { $0.beginAnew() }
            let order = try Tool.ferry(["move", "--via", "PR"])
            guard order.status == 0 else {
                throw LabError.failed("not moved: gap \(table), \(delay) ms: \(order.output)")
            }
        }
        try await Home.restore()
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
        for child in Charon.children where child.connection == "lab" && child.name != "gcm" {
            try await charon.initiate(child: child.name, of: "lab", within: .seconds(10))
        }
        return GapReport(
            table: table, delayMilliseconds: delay, ferryMilliseconds: ferry.gap, strongswanMilliseconds: other.gap,
            idleMilliseconds: idle, ferryLost: ferry.lost)
    }

    /// The gap and the packets lost in traffic while something is done, and a second after it.
    private static func flow(_ body: ([Flow]) async throws -> Void) async throws -> (gap: Double, lost: Int) {
        let flows = Flow.pair(through: Charon.children[0], rate: rate)
        try await body(flows)
        try await Task.sleep(for: .seconds(1))
        let gap = flows.map(\.summary.gap).max() ?? 0
        flows.forEach { $0.stop() }
        try await Task.sleep(for: .seconds(2))
        return (gap, flows.map(\.summary.lost).reduce(0, +))
    }
}
