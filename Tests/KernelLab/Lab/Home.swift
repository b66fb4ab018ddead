import Foundation

/// Where the SAs are at first.
enum Home {
    /// How often it is looked whether what was negotiated anew has followed.
    private static let patience = 25

    /// The SAs of these children are in force at PR, as they were negotiated, or anew.
    static func restore(_ children: [Charon.Child] = Charon.children) async throws {
        let (previous, next) = (Daemon(node: "PR"), Daemon(node: "NR"))
        let count = 2 * children.count
        if try await previous.inForce().count == count { return }
        if try await next.inForce().count == count, try move(from: "NR", to: "PR") { return }
        try Charon.begin(children)
        let address = try Tool.run("ip", ["-n", "NR", "addr", "show", "dev", "out", "to", "10.0.0.1"]).output
        if !address.isEmpty {
            // What MN negotiates through NR is at PR, and its packets come to NR. Where SAs of it went there it follows; else it
            // is moved there, and back.
            for _ in 0..<Self.patience where try await next.inForce().count < count {
                try await Task.sleep(for: .milliseconds(200))
            }
            if try await next.inForce().count < count { _ = try move(from: "PR", to: "NR") }
            _ = try move(from: "NR", to: "PR")
        }
        let there = try await previous.inForce().count
        guard there == count else { throw LabError.failed("PR has \(there) SAs, and not \(count)") }
    }

    private static func move(from old: String, to new: String) throws -> Bool {
        try Paths.set(from: old, to: new)
        return try Tool.ferry(["move", "--via", old]).status == 0
    }
}
