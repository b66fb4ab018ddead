import ArgumentParser
import ConfigurationFiles
import Console
import Credentials
import Foundation
import ForwardingPath
import Testing
import ferry

@Suite("Which gateways a command asks, and with which certificate")
struct GatewayOptionsTests {
    /// A home with a configuration, while `body` runs.
    private func home(_ configuration: String?, _ body: (String, [String: String]) throws -> Void) throws {
        let home = NSTemporaryDirectory() + "ferry-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: home) }
        let folder = home + "/.config/ferry"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Pki.write(
            for: Network(nodes: [Node(name: "SG1", role: .securityGateway)]), named: "test", to: folder + "/pki")
        if let configuration {
            try configuration.write(toFile: folder + "/console.yaml", atomically: true, encoding: .utf8)
        }
        try body(folder, ["HOME": home, "XDG_CONFIG_DIRS": home])
    }

    private let configured = """
        gateways: [192.0.2.3:5092, /run/ferry/SG1/api.sock]
        tls: {certificate: pki/viewer.pem, key: pki/viewer.key, ca: pki/ca.pem}
        """

    @Test("without options they are those of the configuration file in its usual place")
    func file() throws {
        try home(configured) { _, environment in
            let access = try GatewayOptions.parse([]).access(environment: environment)
            #expect(access.addresses.map(\.description) == ["192.0.2.3:5092", "/run/ferry/SG1/api.sock"])
            #expect(access.tls?.identity == PeerIdentity(role: .viewer, name: "viewer"))
        }
    }

    @Test("options replace what is configured, each on its own")
    func options() throws {
        try home(configured) { folder, environment in
            let options = try GatewayOptions.parse([
                "--gateway", "[::1]:7", "--gateway", "/x", "--certificate", folder + "/pki/operator.pem", "--key",
                folder + "/pki/operator.key",
            ])
            let access = try options.access(environment: environment)
            #expect(access.addresses.map(\.description) == ["[::1]:7", "/x"])
            #expect(access.tls?.identity.role == .operator)
        }
    }

    @Test("a UNIX socket needs neither a file nor a certificate")
    func socket() throws {
        try home(nil) { _, environment in
            let access = try GatewayOptions.parse(["--gateway", "/x"]).access(environment: environment)
            #expect(access.addresses == [.socket("/x")])
            #expect(access.tls == nil)
        }
    }

    @Test(
        "what is missing or wrong is wrong usage, and said",
        arguments: [
            ([], "no gateway is given: add --gateway HOST:PORT, or list them under gateways:"),
            (["--config", "/nonexistent.yaml"], "/nonexistent.yaml: the file cannot be read"),
            (["--gateway", "/x", "--key", "k"], "a certificate needs all three: give --certificate, --key and --ca"),
            (
                ["--gateway", "/x", "--certificate", "/nonexistent", "--key", "k", "--ca", "c"],
                "/nonexistent cannot be read"
            ),
        ] as [([String], String)])
    func wrong(arguments: [String], reason: String) throws {
        try home(nil) { _, environment in
            let options = try GatewayOptions.parse(arguments)
            let failure = #expect(throws: CommandFailure.self) { try options.access(environment: environment) }
            #expect(failure?.status == .usage)
            #expect(failure?.reason.hasPrefix(reason) == true, "\(failure?.reason ?? "")")
        }
    }
}
