import Foundation

/// Before PR leaves, MN has negotiated with NR's own charon.
extension CharonCase {
    /// PR is drained under traffic, and its charon ends: NR's has negotiated all anew.
    static func takeover() async throws -> CharonFindings.Renewal {
        try Paths.set(from: "NR", to: "PR")
        let back = try Tool.ferry(["move", "--via", "NR"])
        guard back.status == 0 else { throw LabError.failed("not moved: charon, back: \(back.output)") }
        try Paths.set(from: "PR", to: "NR")
        let charon = try LabCharon.start(at: "NR")
        defer { charon.terminate() }
        try await wait("charon at NR") { try Tool.run("test", ["-S", "/run/NR/charon.vici"]).status == 0 }
        try Charon.order(["--load-all", "--noprompt"], at: "NR")
        let losses = Losses(at: ["MN", "PR", "NR"])
        let flows = Flow.pair(through: Charon.children[0], rate: rate)
        try await Task.sleep(for: .seconds(1))
        let drain = try Tool.ferry(["drain", "PR"])
        guard drain.status == 0 else { throw LabError.failed("ferry drain PR: \(drain.output)") }
        try await Task.sleep(for: .seconds(4))
        try await wait("the end of all that PR's charon has") { try Charon.order(["--list-sas"], at: "PR").isEmpty }
        let own = try Charon.order(["--list-sas"], at: "NR")
        guard own.contains("gcm"), own.contains("cbc"), own.contains("ESTABLISHED") else {
            throw LabError.failed("NR's charon has \(own)")
        }
        try await wait("the end of what came from PR") {
            try Sad.names(at: "NR", of: "gcm").count == 2 && Sad.names(at: "NR", of: "cbc").count == 2
        }
        // Nothing depends on PR any more.
        let process = try String(contentsOfFile: "/run/PR/charon.pid", encoding: .utf8)
        _ = try Tool.run("kill", ["-KILL", process.trimmingCharacters(in: .whitespacesAndNewlines)])
        let before = Charon.log(of: "MN").count
        try await Task.sleep(for: .seconds(1))
        let summary = try await finding("all", by: "NR's own charon", flows, losses)
        try await wait("an answer of NR's charon to MN's DPD") {
            Charon.log(of: "MN").dropFirst(before).contains { $0.contains("parsed INFORMATIONAL response") }
        }
        return summary
    }
}

/// A charon that a case starts.
enum LabCharon {
    /// With the files that the script has for PR.
    static func start(at node: String) throws -> Process {
        let lab = ProcessInfo.processInfo.environment["LAB"] ?? "."
        let settings = try String(contentsOfFile: "\(lab)/strongswan.conf", encoding: .utf8)
        try settings.replacing("@RUN@", with: "/run/\(node)").write(
            toFile: "/run/\(node)/strongswan.conf", atomically: true, encoding: .utf8)
        try FileManager.default.createDirectory(atPath: "/run/\(node)/swanctl", withIntermediateDirectories: true)
        // The same as at PR; MN keeps what it has with PR until that ends.
        let connections = try String(contentsOfFile: "\(lab)/PR.swanctl.conf", encoding: .utf8)
        try connections.replacing("mobike = no", with: "mobike = no\n        unique = never").write(
            toFile: "/run/\(node)/swanctl/swanctl.conf", atomically: true, encoding: .utf8)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "STRONGSWAN_CONF=/run/\(node)/strongswan.conf", "ip", "netns", "exec", node, "/usr/sbin/charon-systemd",
        ]
        (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
