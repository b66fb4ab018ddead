import Foundation
import IPsec
import LinuxIPsec

/// A mobile node that knows gateways by their own addresses: its SAs and policies are updated through its own daemon, under
/// traffic. In namespaces of its own, without key management.
enum Direct {
    private static let rate = 500
    private static let port: UInt16 = 8_800
    private static let gateways = (old: "10.80.0.3", new: "10.80.0.4")

    static func run(_ report: inout LabReport) async throws {
        var direct = DirectReport()
        defer { report.direct = direct }
        try DirectNetwork.make()
        let association = try await DirectNetwork.install()
        let daemons = try DirectNetwork.start()
        defer { for daemon in daemons { daemon.terminate() } }
        let mobile = Flow.End(namespace: "DMN", address: IPAddress(v4: 10, 82, 0, 1))
        let server = Flow.End(namespace: "DSRV", address: IPAddress(v4: 10, 81, 0, 1))
        let losses = Losses(at: ["DMN", "DPR", "DNR"])
        let flows = [
            Flow(from: mobile, to: server, port: port, rate: rate),
            Flow(from: server, to: mobile, port: port + 1, rate: rate),
        ]
        try await Task.sleep(for: .seconds(2))
        let start = ContinuousClock.now
        let order = try Tool.ferry(["move", "--via", "PR"], at: ["DPR", "DNR"])
        print("lab: ferry move ends with \(order.status)\n\(order.output)")
        direct.check(order.status == 0, "the SAs do not move")
        try await check(association, since: start, &direct)
        try await Task.sleep(for: .seconds(1))
        for flow in flows { flow.stop() }
        try await Task.sleep(for: .seconds(2))
        losses.tell(flows, in: "direct")
        for summary in flows.map(\.summary) {
            direct.sent += summary.sent
            direct.lost += summary.lost
            direct.duplicated += summary.duplicated
        }
        let (sent, lost, duplicated) = (direct.sent, direct.lost, direct.duplicated)
        direct.check(sent > 1_000, "only \(sent) packets were sent")
        direct.check(lost == 0, "\(lost) packets were lost")
        direct.check(duplicated == 0, "\(duplicated) packets came twice")
        print("lab: \(direct)")
        if !direct.faults.isEmpty { DirectNetwork.tellLogs() }
    }

    /// The mobile node's SAs have the same SPIs and go on counting, with the new gateway, and so have its policies.
    private static func check(
        _ spis: [UInt32], since start: ContinuousClock.Instant, _ report: inout DirectReport
    ) async throws {
        let database = try await Namespace.within("DMN") { try XfrmDatabase() }
        var ends: Set<String> = []
        repeat {
            ends = Set(try database.states().flatMap { [$0.source.description, $0.destination.description] })
            try await Task.sleep(for: .milliseconds(20))
        } while ends.contains(gateways.old) && ContinuousClock.now - start < .seconds(15)
        report.toldMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        report.check(ends == [gateways.new, "10.80.0.2"], "the mobile node's SAs are between \(ends)")
        let states = try database.states()
        report.check(Set(states.map(\.spi)) == Set(spis), "the mobile node has other SPIs")
        let numbers = states.map { max($0.replay.lastSent, $0.replay.highest) }
        report.check(numbers.allSatisfy { $0 > UInt64(rate) }, "the numbers are \(numbers): they do not go on")
        report.check(states.allSatisfy { $0.past.renamings == 1 }, "the renaming is not counted")
        // Those with a mark guard what waits, and protect nothing.
        for policy in try database.policies() where policy.direction < 3 && policy.mark == nil {
            let template = policy.templates.first
            let gateway = policy.direction == 1 ? template?.destination : template?.source
            report.check(
                policy.action == 0 && gateway?.description == gateways.new,
                "a policy \(policy.direction) has action \(policy.action) and gateway \(gateway?.description ?? "none")"
            )
        }
    }
}
