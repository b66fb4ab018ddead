import ConfigurationFiles
import ContextTransfer
import Demo
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import Logging

/// Scenarios as the tests play them.
enum Played {
    static let silence = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Plays figure 10 by itself.
    static func figure10(_ options: DemoOptions) async throws -> DemoReport {
        let network = try network(options)
        return try await network.run { try await HeadlessRun(network, options: options).play() }
    }

    /// Plays a scenario by itself.
    static func play(_ scenario: ScenarioFile, _ options: DemoOptions = options) async throws -> DemoReport {
        var scenario = scenario
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: silence)
        return try await network.run { try await HeadlessRun(network, options: options).play() }
    }

    /// Figure 10's file with pieces replaced wherever they are.
    static func figure10(_ replacements: [(piece: String, replacement: String)] = []) throws -> ScenarioFile {
        var text = try String(contentsOfFile: path, encoding: .utf8)
        for (piece, replacement) in replacements { text = text.replacing(piece, with: replacement) }
        return try ScenarioFile.read(text, file: "test.yaml")
    }

    /// A scenario that ships, with one piece of its text replaced.
    static func scenario(_ name: String, _ change: (piece: String, replacement: String)?) throws -> ScenarioFile {
        try scenario(name, change.map { [$0] } ?? [])
    }

    /// A scenario that ships, with pieces of its text replaced.
    static func scenario(
        _ name: String, _ changes: [(piece: String, replacement: String)]
    ) throws -> ScenarioFile {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
            path: "../../Sources/Demo/Scenarios")
        var text = try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
        for change in changes { text = text.replacing(change.piece, with: change.replacement) }
        return try ScenarioFile.read(text, file: "test.yaml")
    }

    /// The file of figure 10.
    private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Demo/Scenarios/figure-10.yaml").path

    /// The network of figure 10, not running yet.
    static func network(_ options: DemoOptions) throws -> DemoNetwork {
        var scenario = try ScenarioLibrary.scenario("figure-10")
        scenario.apply(options)
        return try DemoNetwork(scenario, options: options, logger: silence)
    }

    /// Nobody has to agree, and traffic is light, since tests run beside each other.
    static var options: DemoOptions {
        var options = DemoOptions()
        (options.approval, options.rate) = (.automatic, 200)
        // A machine that has much else to do may stand still for seconds.
        options.timing.attempts = 36
        return options
    }
}

extension DemoNetwork {
    /// What a daemon tells who begins to watch.
    func snapshot(of node: NodeName) async throws -> GatewaySnapshot? {
        guard let daemon = daemons[node] else { return nil }
        for await update in await daemon.watch(WatchOptions()) {
            if case .snapshot(let snapshot) = update.content { return snapshot }
        }
        return nil
    }
}
