import ConfigurationFiles
import Demo
import Logging

/// A scenario that is played on this machine.
struct DemoSession: Sendable {
    /// As the user named it.
    let name: String
    let scenario: ScenarioFile
    let options: DemoOptions

    /// Runs the scenario's network for as long as `body` does, which gives the status to exit with; then says what is
    /// wrong with the files that were written.
    func run(_ body: @escaping @Sendable (DemoNetwork) async throws -> Int32) async throws -> Int32 {
        let network: DemoNetwork
        do {
            network = try DemoNetwork(scenario, options: options, logger: Self.silence)
        } catch {
            throw CommandFailure(.usage, "the demo cannot start: \(error)")
        }
        let status: Int32
        do {
            status = try await network.run { try await body(network) }
        } catch let failure as DemoFailure {
            throw CommandFailure(.usage, "\(name) cannot be played: \(failure)")
        }
        if let gap = network.keyTableGap { Output.standard.note("ferry: \(gap)") }
        guard let problem = network.captureProblem else { return status }
        Output.standard.note("ferry: \(problem)")
        return status == 0 ? 1 : status
    }

    /// Nothing may be printed over the console; what matters is in the audit trail.
    private static let silence = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
}
