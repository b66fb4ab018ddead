import ArgumentParser
import ConfigurationFiles
import Demo
import ForwardingPath
import Foundation
import IPsec
import Logging

/// `ferry demo [NAME|FILE]`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Play a scenario on this machine, without root: real daemons, ESP and TLS.")

    @Argument(help: "The name of a scenario that ships with Ferry, or a scenario or network file.")
    var scenario = "figure-10"

    @Flag(help: "Play by itself, with automatic approval, and print a report.")
    var headless = false

    @Option(help: "The report's form: table or json.")
    var format = ReportFormat.table

    @Option(help: "How many moves, back and forth.")
    var moves = 1

    @Option(help: "Packets a second of each flow.")
    var rate: Int?

    @Option(help: "The algorithms of each ESP SA, for example aes-gcm-16-256.")
    var algorithm: String?

    @Option(help: "Write the packets on the wire to this file.", completion: .file())
    var pcap: String?

    @Option(help: "Write the ESP keys as Wireshark reads them to this file. Only the demo does that.", completion: .file())
    var espKeys: String?

    @Flag(help: "List the scenarios that ship with Ferry.")
    var list = false

    /// The form of a report.
    enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    func validate() throws {
        guard (1...10_000).contains(moves) else { throw ValidationError("--moves has to be 1 to 10000.") }
        if let rate, !(1...100_000).contains(rate) { throw ValidationError("--rate has to be 1 to 100000.") }
        if let algorithm, AlgorithmSuite(name: algorithm)?.securityProtocol != .esp {
            let names = AlgorithmSuite.allESP.map(\.name).joined(separator: ", ")
            throw ValidationError("--algorithm \(algorithm) is none of ESP's: \(names).")
        }
    }

    func run() async throws {
        if list { return ScenarioLibrary.names.forEach { print($0) } }
        try await end {
            try await play()
            return nil
        }
    }

    private func play() async throws {
        var scenario: ScenarioFile
        do { scenario = try ScenarioLibrary.scenario(self.scenario) } catch {
            throw CommandFailure(.usage, error.description)
        }
        let options = options
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() })
        let report = try await network.run { try await HeadlessRun(network, options: options).play() }
        print(format == .json ? report.json() : report.table(), terminator: format == .json ? "\n" : "")
        let differences = report.differences(from: scenario.expectation, moves: moves)
        for difference in differences { FileHandle.standardError.write(Data("ferry: \(difference)\n".utf8)) }
        if !differences.isEmpty { throw ExitCode(1) }
    }

    private var options: DemoOptions {
        var options = DemoOptions()
        (options.moves, options.rate, options.pcap, options.espKeys) = (moves, rate, pcap, espKeys)
        options.suite = algorithm.flatMap { AlgorithmSuite(name: $0) }
        if headless { options.approval = .automatic }
        return options
    }
}
