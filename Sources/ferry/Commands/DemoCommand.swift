import ArgumentParser
import ConfigurationFiles
import Console
import Credentials
import CursesScreen
import Demo
import ForwardingPath
import Foundation
import IPsec

/// `ferry demo [NAME|FILE]`.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Play a scenario on this machine, without root: real daemons, real ESP, real TLS, on loopback.",
        discussion: """
            Opens the console on the scenario's gateways: press m to plan a move, and ? for help. With --headless it \
            plays by itself, prints a report, and exits 0 only if everything ended as the scenario expects, else 1.
            """)

    @Argument(
        help: "A scenario that ships with Ferry, or a scenario or network file (YAML); figure-10 where none is given.")
    var scenario: String?

    @Flag(help: "List the scenarios that ship with Ferry.")
    var list = false

    @Flag(help: "Wait for a key before each phase outside the pause, for teaching.")
    var step = false

    @Flag(help: "Play by itself, with automatic approval, and print a report.")
    var headless = false

    @Option(help: "The form of the report, or of the list: table, which it is unless told otherwise, or json.")
    var format: ReportFormat?

    @Option(help: "Headless: how many moves, back and forth.")
    var moves = 1

    @Option(help: "Packets a second of each flow.")
    var rate: Int?

    @Option(help: "The algorithms of each ESP SA, for example aes-gcm-16-256.")
    var algorithm: String?

    @Option(help: "Write the packets on the wire to this file (pcap).", completion: .file())
    var pcap: String?

    @Option(help: "Write the ESP keys to this file, as Wireshark reads them.", completion: .file())
    var espKeys: String?

    @Option(
        help: """
            Have the routers speak plain TCP, as on a trusted network, and write what they say to this file (pcap): for \
            Wireshark with ferry dissector. It holds the keys of the demo's SAs, and its mode is 0600.
            """, completion: .file())
    var cxtpPcap: String?

    @OptionGroup var screen: ScreenSelection

    /// The form of a report.
    enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
        case table, json
    }

    func validate() throws {
        guard !list || others.isEmpty else {
            throw ValidationError("--list goes with --format alone, not with \(others.joined(separator: ", ")).")
        }
        guard format == nil || headless || list else { throw ValidationError("--format needs --headless or --list.") }
        guard !headless || screen.given.isEmpty else {
            throw ValidationError("\(screen.given.joined(separator: ", ")) is for the screen: no --headless.")
        }
        guard (1...10_000).contains(moves) else { throw ValidationError("--moves has to be 1 to 10000.") }
        guard moves == 1 || headless else { throw ValidationError("--moves needs --headless.") }
        guard !(step && headless) else { throw ValidationError("--step needs somebody to press keys: no --headless.") }
        let rates = TrafficFlow.rates
        if let rate, !rates.contains(rate) {
            throw ValidationError("--rate has to be \(rates.lowerBound) to \(rates.upperBound).")
        }
        if let algorithm, AlgorithmSuite(name: algorithm)?.securityProtocol != .esp {
            let names = AlgorithmSuite.allESP.map(\.name).joined(separator: ", ")
            throw ValidationError("--algorithm \(algorithm) is none of ESP's: \(names).")
        }
    }

    /// What was given beside --list and --format.
    private var others: [String] {
        let files = [(pcap, "--pcap"), (espKeys, "--esp-keys"), (cxtpPcap, "--cxtp-pcap"), (algorithm, "--algorithm")]
        let flags = [(step, "--step"), (headless, "--headless"), (moves != 1, "--moves"), (rate != nil, "--rate")]
        return (scenario.map { [$0] } ?? []) + flags.filter(\.0).map(\.1) + files.filter { $0.0 != nil }.map(\.1)
            + screen.given
    }

    func run() async throws {
        try await end {
            if list {
                let report = ScenarioList(try ScenarioLibrary.names.map { try ScenarioLibrary.scenario($0) })
                try Output.standard.result(format == .json ? report.json : report.table)
                return nil
            }
            let scenario = try prepared()
            let session = DemoSession(name: name, scenario: scenario, options: options)
            let status = try await headless ? play(session) : open(session)
            if status != 0 { throw ExitCode(status) }
            return nil
        }
    }

    private var name: String { scenario ?? "figure-10" }

    private func prepared() throws(CommandFailure) -> ScenarioFile {
        var scenario: ScenarioFile
        do throws(FileError) { scenario = try ScenarioLibrary.scenario(name) } catch {
            throw CommandFailure(.usage, ScenarioList.unknown(name) ?? error.description)
        }
        guard moves == 1 || scenario.timeline.isEmpty else {
            throw CommandFailure(.usage, "\(scenario.name) has a timeline, which says what moves: leave --moves out")
        }
        guard algorithm == nil || scenario.network.associations.contains(where: { $0.suite.securityProtocol == .esp })
        else { throw CommandFailure(.usage, "\(scenario.name) has no SA of ESP: leave --algorithm out") }
        guard rate == nil || !scenario.traffic.isEmpty else {
            throw CommandFailure(.usage, "\(scenario.name) has no traffic: leave --rate out")
        }
        scenario.apply(options)
        return scenario
    }

    private func play(_ session: DemoSession) async throws -> Int32 {
        let (options, format) = (options, format)
        return try await UntilSignal.run {
            try await session.run { network in
                let report = try await HeadlessRun(network, options: options).play()
                try Output.standard.result(format == .json ? report.json() + "\n" : report.table())
                let differences = report.differences(from: network.scenario.expectation, moves: options.moves)
                for remark in report.remarks { Output.standard.note("ferry: \(remark)") }
                for difference in differences { Output.standard.note("ferry: \(difference)") }
                return differences.isEmpty ? 0 : 1
            }
        }
    }

    private func open(_ session: DemoSession) async throws -> Int32 {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(.usage, "\(ScreenError.notATerminal): \(Self.withoutTerminal)")
        }
        let (step, screen) = (step, screen)
        return try await session.run { network in
            let addresses = try await network.consoleEndpoints().map { GatewayAddress.network($0) }
            let tls = try GatewayTLS(network.pki.operator, authority: network.pki.authority.certificatePEM)
            let console = ConsoleSession(
                access: GatewayAccess(addresses: addresses, tls: tls),
                options: ConsoleOptions(
                    opensArmed: true, stepping: step, secondsFromUTC: TimeZone.current.secondsFromGMT(),
                    lesson: network.scenario.watch ?? ""),
                theme: screen.theme, screen: screen.options,
                withoutTerminal: Self.withoutTerminal)
            return try await withThrowingTaskGroup(of: Int32?.self) { group in
                group.addTask {
                    await network.sendTraffic()
                    return nil
                }
                group.addTask {
                    try await network.playPaths()
                    return nil
                }
                group.addTask { try await console.run() }
                defer { group.cancelAll() }
                while let status = try await group.next() { if let status { return status } }
                return 0
            }
        }
    }

    private static let withoutTerminal = "for a report without a screen add --headless"

    private var options: DemoOptions {
        var options = DemoOptions()
        (options.moves, options.rate, options.pcap, options.espKeys) = (moves, rate, pcap, espKeys)
        options.suite = algorithm.flatMap { AlgorithmSuite(name: $0) }
        options.approval = headless ? .automatic : nil
        options.stepping = step
        options.linkPcap = cxtpPcap
        return options
    }
}
