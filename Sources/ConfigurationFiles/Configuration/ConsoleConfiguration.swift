/// What `ferry` is told about the gateways it shows.
///
/// ```yaml
/// gateways: [192.0.2.3:5092, gw2.example:5092, /run/ferry/SG1/api.sock]
/// tls: {certificate: operator.pem, key: operator.key, ca: ca.pem}
/// theme: dark
/// armed-minutes: 10
/// ```
///
/// Paths that do not begin with `/` start at the configuration file's own directory.
package struct ConsoleConfiguration: Hashable, Sendable {
    /// The daemons to connect to, all at once.
    package var gateways: [GatewayAddress] = []
    /// `nil`: only UNIX sockets can be reached.
    package var tls: TLSFiles?
    /// `nil`: the default theme.
    package var theme: String?
    /// How long the console stays armed.
    package var armedMinutes = 10

    /// What holds without a file.
    package init() {}

    /// Reads a configuration's text.
    package static func read(_ text: String, file: String) throws(FileError) -> ConsoleConfiguration {
        let top = try YAMLDocument.parse(text, file: file).mapping(keys: ["gateways", "tls", "theme", "armed-minutes"])
        var configuration = ConsoleConfiguration()
        for item in try top["gateways"]?.items() ?? [] { configuration.gateways.append(try item.gatewayAddress()) }
        configuration.tls = try top["tls"].map { value throws(FileError) in try value.tlsFiles() }
        configuration.theme = try top["theme"]?.name()
        configuration.armedMinutes = try top["armed-minutes"]?.integer(1...240) ?? configuration.armedMinutes
        return configuration
    }

    /// Reads the configuration file at `path`.
    package static func load(_ path: String) throws(FileError) -> ConsoleConfiguration {
        try read(try TextFile.read(path), file: path)
    }
}
