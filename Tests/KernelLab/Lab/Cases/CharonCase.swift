import Foundation

/// The charons go on while their SAs are at NR: what they renew follows, what they end ends, and dead peers are looked for.
enum CharonCase {
    /// In packets a second, each way.
    static let rate = 1_000
    /// How long things may take that a busy machine does late.
    private static let patience = Duration.seconds(20)

    static func run(_ report: inout LabReport) async throws {
        var findings = CharonFindings()
        defer { report.charon = findings }
        // Where others had gone to NR what is negotiated anew would follow.
        try await Home.restore()
        try startAnew()
        try Paths.set(from: "PR", to: "NR")
        let order = try Tool.ferry(["move", "--via", "PR"])
        guard order.status == 0 else { throw LabError.failed("not moved: charon: \(order.output)") }

        findings.renewals.append(try await renewal(of: "gcm", network: 0, by: "MN"))
        findings.renewals.append(try await renewal(of: "cbc", network: 1, by: "PR"))
        findings.renewals.append(try await renewal(of: "gcm", network: 0, by: "PR"))
        for node in ["MN", "PR"] {
            let before = Charon.log(of: node).count
            try Charon.order(["--rekey", "--ike", "lab"], at: node)
            try await wait("an IKE SA renewed by \(node)") {
                Charon.log(of: node).dropFirst(before).contains { $0.contains("rekeyed between") }
            }
            findings.ikeRenewals += 1
        }
        findings.deadPeerAnswers = try await deadPeerDetection()
        findings.ended = try await end()
        findings.begun = try await begin()
        findings.takeover = try await takeover()
        print("lab: \(findings)")
    }

    // MARK: Renewing

    /// A charon renews a child SA under traffic both ways.
    private static func renewal(of child: String, network: Int, by node: String) async throws -> CharonFindings.Renewal
    {
        let old = Set(try Sad.names(at: "NR", of: child))
        guard old.count == 2 else { throw LabError.failed("\(child) has \(old.count) SAs at NR") }
        let losses = Losses(at: ["MN", "PR", "NR"])
        let flows = Flow.pair(through: Charon.children[network], rate: rate)
        try await Task.sleep(for: .seconds(1))
        try Charon.order(["--rekey", "--child", child], at: node)
        // What is timed starts no process.
        try await Task.sleep(for: .seconds(3))
        // The new ones are at NR and nowhere else, and the old ones have ended.
        try await wait("\(child) renewed by \(node) at NR alone") {
            let names = Set(try Sad.names(at: "NR", of: child))
            return try names.count == 2 && names.isDisjoint(with: old) && Sad.names(at: "PR", of: child).isEmpty
        }
        return try await finding(child, by: node, flows, losses)
    }

    /// What became of that traffic, which ends.
    static func finding(
        _ child: String, by node: String, _ flows: [Flow], _ losses: Losses
    ) async throws -> CharonFindings.Renewal {
        for flow in flows { flow.stop() }
        try await Task.sleep(for: .seconds(2))
        losses.tell(flows, in: "\(child) by \(node)")
        let ends = flows.map(\.summary)
        return CharonFindings.Renewal(
            child: child, by: node, sent: ends.map(\.sent).reduce(0, +), lost: ends.map(\.lost).reduce(0, +),
            duplicated: ends.map(\.duplicated).reduce(0, +), gapMilliseconds: ends.map(\.gap).max() ?? 0)
    }

    // MARK: Dead peers, and ends

    /// MN's charon asks, while there is no traffic, whether its peer lives; how often it was answered.
    private static func deadPeerDetection() async throws -> Int {
        let before = Charon.log(of: "MN").count
        func answers() -> Int {
            Charon.log(of: "MN").dropFirst(before).count { $0.contains("parsed INFORMATIONAL response") }
        }
        try await wait("an answer to MN's DPD") { answers() >= 2 }
        guard Charon.log(of: "MN").dropFirst(before).contains(where: { $0.contains("sending DPD request") }) else {
            throw LabError.failed("MN's charon asked nothing")
        }
        return answers()
    }

    /// MN's charon ends a child SA: its SAs at NR end.
    private static func end() async throws -> Bool {
        try Charon.order(["--terminate", "--child", "esn"], at: "MN")
        try await wait("the end of esn at NR") { try Sad.names(at: "NR", of: "esn").isEmpty }
        return true
    }

    /// MN is switched off and on, and begins anew with PR's charon through NR: what is negotiated goes to NR, in the place of
    /// what was there, and its packets come through.
    private static func begin() async throws -> Bool {
        let old = Set(try ["gcm", "cbc"].flatMap { try Sad.names(at: "NR", of: $0) })
        try Charon.restart("MN")
        for child in ["gcm", "cbc"] { try Charon.order(["--initiate", "--child", child], at: "MN") }
        for child in ["gcm", "cbc"] {
            try await wait("\(child) at NR alone, negotiated anew") {
                let names = Set(try Sad.names(at: "NR", of: child))
                return try names.count == 2 && names.isDisjoint(with: old) && Sad.names(at: "PR", of: child).isEmpty
            }
        }
        let flows = Charon.children.prefix(2).flatMap { Flow.pair(through: $0, rate: rate / 2) }
        try await Task.sleep(for: .seconds(1))
        for flow in flows { flow.stop() }
        try await Task.sleep(for: .seconds(1))
        return flows.allSatisfy { $0.summary.sent > 0 && $0.summary.lost == 0 }
    }

    // MARK: The stage

    /// New IKE and child SAs at PR, whose mobile node looks for dead peers.
    private static func startAnew() throws {
        // The only user: others' IKE SAs would stay at PR.
        for connection in ["lab", "lab6", "bob"] {
            _ = try? Charon.order(["--terminate", "--ike", connection, "--timeout", "5"], at: "MN")
        }
        let path = "/run/MN/swanctl/swanctl.conf"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("dpd_delay = 0s", with: "dpd_delay = 1s").write(
            toFile: path, atomically: true, encoding: .utf8)
        try Charon.order(["--load-all", "--noprompt"], at: "MN")
        for child in ["gcm", "cbc", "esn"] { try Charon.order(["--initiate", "--child", child], at: "MN") }
    }

    static func wait(_ what: String, until holds: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + patience
        while try !holds() {
            guard ContinuousClock.now < deadline else { throw LabError.failed("no \(what) within \(patience)") }
            try await Task.sleep(for: .milliseconds(200))
        }
    }
}

/// What gateways say they have.
enum Sad {
    /// The names of a child's SAs at a gateway.
    static func names(at gateway: String, of child: String) throws -> [String] {
        let lines = try Tool.ferry(["get", "sad", "--format", "csv"], at: [gateway]).output.split(separator: "\n")
        guard let column = lines.first?.split(separator: ",").firstIndex(where: { $0.lowercased() == "name" }) else {
            throw LabError.failed("ferry get sad has no names")
        }
        return lines.dropFirst().compactMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return cells.count > column && cells[column].hasPrefix("\(child)-") ? String(cells[column]) : nil
        }
    }
}
