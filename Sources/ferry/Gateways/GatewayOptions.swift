import ArgumentParser
import ConfigurationFiles
import Console
import Foundation

/// The options of every command that asks gateways.
package struct GatewayOptions: ParsableArguments {
    /// Nothing given.
    package init() {}

    @Option(
        help: "A gateway to ask, by HOST:PORT or the path of its socket. May be repeated; replaces those configured.")
    var gateway: [GatewayAddress] = []

    @Option(help: "The own certificate (PEM); replaces the configured one.", completion: .file())
    var certificate: String?

    @Option(help: "Its private key (PEM).", completion: .file())
    var key: String?

    @Option(help: "The certificate of the network's authority (PEM).", completion: .file())
    var ca: String?

    @Option(help: "The console's configuration file (YAML).", completion: .file())
    var config: String?

    /// Where the gateways are, with what else the console is told.
    func consoleAccess(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (GatewayAccess, ConsoleConfiguration) {
        (try access(environment: environment), try configuration(environment))
    }

    /// Where the gateways are, and what to prove oneself with.
    package func access(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> GatewayAccess {
        let configuration = try configuration(environment)
        let addresses = gateway.isEmpty ? configuration.gateways : gateway
        guard !addresses.isEmpty else {
            throw CommandFailure(
                .usage,
                "no gateway is given: add --gateway HOST:PORT, or list them under gateways: in "
                    + (ConfigurationSearch(environment: environment).configuration("console.yaml").first
                        ?? "console.yaml"))
        }
        return GatewayAccess(addresses: addresses, tls: try tls(configuration.tls))
    }

    private func configuration(_ environment: [String: String]) throws -> ConsoleConfiguration {
        let found = ConfigurationSearch(environment: environment).configuration("console.yaml")
            .first { FileManager.default.fileExists(atPath: $0) }
        guard let path = config ?? found else { return ConsoleConfiguration() }
        do throws(FileError) {
            return try ConsoleConfiguration.load(path)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }

    private func tls(_ configured: TLSFiles?) throws -> GatewayTLS? {
        let paths = (certificate ?? configured?.certificate, key ?? configured?.key, ca ?? configured?.ca)
        switch paths {
        case (let certificate?, let key?, let ca?):
            do throws(RequestFailure) {
                return try GatewayTLS.load(TLSFiles(certificate: certificate, key: key, ca: ca))
            } catch {
                throw CommandFailure(.usage, error.description)
            }
        case (nil, nil, nil): return nil
        default:
            throw CommandFailure(.usage, "a certificate needs all three: give --certificate, --key and --ca")
        }
    }
}
