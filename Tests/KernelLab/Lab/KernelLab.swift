import Foundation

/// What keeps the lab from going on.
enum LabError: Error {
    /// A sentence.
    case failed(String)
}

/// Plays the lab's cases in the namespaces that the script made, and says what was found.
@main
enum KernelLab {
    /// Something that is played and reported on.
    struct Case: Sendable {
        let name: String
        /// Whether it is also played where there is little time.
        var isQuick = true
        let play: @concurrent @Sendable (inout LabReport) async throws -> Void
    }

    /// In the order in which they are played.
    private static let cases = [
        Case(name: "stack", play: Stack.run),
        Case(name: "moves", play: Moves.run),
        Case(name: "gaps", isQuick: false, play: Gaps.run),
        Case(name: "kills", isQuick: false, play: Kills.run),
        Case(name: "charon", play: CharonCase.run),
        Case(name: "direct", play: Direct.run),
        Case(name: "bulk", isQuick: false, play: Bulk.run),
    ]

    /// Plays all cases, or those that `LAB_CASES` names, separated by commas. One that cannot go on is a fault, and the
    /// others are played nevertheless.
    static func main() async throws {
        let environment = ProcessInfo.processInfo.environment
        let wanted = Set((environment["LAB_CASES"] ?? "").split(separator: ",").map(String.init))
        let isQuick = environment["LAB_KIND"] == "debug"
        var report = LabReport()
        for one in cases where wanted.isEmpty ? one.isQuick || !isQuick : wanted.contains(one.name) {
            let start = ContinuousClock.now
            do {
                let tap = try ClearTap()
                try await one.play(&report)
                report.clear[one.name] = try tap.count()
            } catch { report.stopped.append("\(one.name): \(error)") }
            print("lab: \(one.name) took \((ContinuousClock.now - start) / .seconds(1)) s")
        }
        if let path = environment["REPORT"] { try report.write(to: path) }
        for fault in report.faults { print("lab: fault: \(fault)") }
        print(report.faults.isEmpty ? "lab: good" : "lab: bad")
        exit(report.faults.isEmpty ? 0 : 1)
    }
}
