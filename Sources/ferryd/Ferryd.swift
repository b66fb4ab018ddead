import ArgumentParser
import ConfigurationFiles
import Credentials
import ForwardingPath
import Foundation
import Gateway
import Logging
import ServiceLifecycle
import UnixSignals

/// The `ferryd` command: the daemon of one router.
@main
struct Ferryd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ferryd", abstract: "The router daemon: owns an IPsec stack and moves its SAs to other routers.",
        discussion: """
            SIGTERM and SIGINT stop it; SIGHUP makes it read the network file and its certificate anew. Exits 0 after a \
            stop, 1 when it fails, and 2 when its files cannot be used.
            """,
        version: Version.text)

    @Option(help: "The configuration file (YAML).", completion: .file(extensions: ["yaml"]))
    var config = "/etc/ferry/ferryd.yaml"

    @Flag(help: "Read and check all files and the places of socket and journal, say what is wrong, and end.")
    var check = false

    @Flag(help: "Print a unit for systemd that runs this program, and end.")
    var unit = false

    @Option(help: "What to log: trace, debug, info, notice, warning, error or critical.")
    var logLevel = LogLevel.info

    /// What is logged: that level and the graver ones.
    enum LogLevel: String, ExpressibleByArgument, CaseIterable {
        case trace, debug, info, notice, warning, error, critical
    }

    func run() async throws {
        if unit {
            let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            return print(ServiceUnit.text(program: own), terminator: "")
        }
        let setup: DaemonSetup
        do {
            setup = try DaemonSetup(configuration: config)
        } catch {
            throw Self.end("\(error)", status: 2)
        }
        var logger = Logger(label: "ferryd") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = Logger.Level(rawValue: logLevel.rawValue) ?? .info
        setup.warn(logger)
        if check {
            do { try setup.settings.checkPlaces() } catch { throw Self.end("\(error)", status: 2) }
            if let warning = setup.trustWarning { print("\(config): \(warning)") }
            print("\(config): the files are good; \(setup.settings.node) would listen on \(setup.settings.cxtp)")
            return
        }
        do {
            try KeySecrecy.begin()
            KeySecrecy.endOnFaults()
            KeySecrecy.keepMemory()
            if let reason = KeySecrecy.lockMemory() {
                logger.info("Memory with keys may be written to a swap device", metadata: ["reason": "\(reason)"])
            }
            let supervisor = try Supervisor(ProcessInfo.processInfo.environment)
            let services = try await DaemonServices(setup, supervisor: supervisor, logger: logger)
            try await ServiceGroup(
                services: services.all,
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger
            ).run()
        } catch {
            throw Self.end("\(error)", status: 1)
        }
    }

    private static func end(_ reason: String, status: Int32) -> ExitCode {
        try? FileHandle.standardError.write(contentsOf: Data("ferryd: \(reason)\n".utf8))
        return ExitCode(status)
    }
}
