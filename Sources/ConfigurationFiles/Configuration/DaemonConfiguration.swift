package import ForwardingPath
package import IPsec

/// What `ferryd` is told at its start.
///
/// ```yaml
/// node: SG1
/// network: network.yaml
/// stack: userspace                # or linux, with kernel: (``KernelConfiguration``)
/// listen: {cxtp: 192.0.2.3:5091, api: 192.0.2.3:5092, socket: /run/ferry/SG1/api.sock}
/// tls: {certificate: SG1.pem, key: SG1.key, ca: ca.pem}
/// journal: /var/lib/ferry/SG1.sqlite
/// approval: source
/// spi-conflict: renegotiate
/// secrets: secrets.yaml           # what is shared with mobile nodes for authorization tokens; mode 0600
/// trusted: false                  # true: plain TCP on this machine; or [192.0.2.0/24]: on that network
/// ```
///
/// Paths that do not begin with `/` start at the configuration file's own directory.
package struct DaemonConfiguration: Hashable, Sendable {
    /// The node of the network file that this daemon is.
    package let node: NodeName
    /// The path of the network file.
    package let network: String
    /// Userspace where the file does not say.
    package let stack: StackKind
    /// Of the kernel's stack, and only of that.
    package let kernel: KernelConfiguration?
    /// Where to listen for routers; `nil`: where the network file says that the node is reached.
    package let cxtp: Endpoint?
    /// Where to listen for consoles; `nil`: where the network file says that the node is reached.
    package let api: Endpoint?
    /// The path of the UNIX socket for consoles on this machine; `nil`: none.
    package let socket: String?
    /// `nil` only on a trusted network.
    package let tls: TLSFiles?
    /// The path of the record of moves and of the audit trail.
    package let journal: String
    /// An operator at the giving side, where the file does not say.
    package let approval: ApprovalPolicy
    /// What is answered where an SPI is in use; deny where the file does not say.
    package let spiConflict: SPIConflictPolicy
    /// The path of the file of secrets for authorization tokens; `nil`: none.
    package let secrets: String?
    /// Whether routers are spoken to without TLS (draft section 8: a trusted environment).
    package let trusted: Bool
    /// The network that the operator declares trusted; empty for this machine alone.
    package let trustedRanges: [AddressRange]

    /// Reads a configuration's text.
    package static func read(_ text: String, file: String) throws(FileError) -> DaemonConfiguration {
        let top = try YAMLDocument.parse(text, file: file).mapping(
            keys: [
                "node", "network", "stack", "listen", "tls", "journal", "approval", "spi-conflict", "secrets",
                "trusted", "kernel",
            ])
        let named = try top.required("node", example: "SG1")
        guard let node = NodeName(try named.name()[...]) else { preconditionFailure("A name is a node name.") }
        let listen = try top["listen"]?.mapping(keys: ["cxtp", "api", "socket"])
        var (trusted, ranges) = (false, [AddressRange]())
        if let value = top["trusted"] {
            if value.isList {
                for item in try value.items() { ranges.append(try item.addressRange()) }
                trusted = !ranges.isEmpty
            } else {
                trusted = try value.boolean()
            }
        }
        let tls = try top["tls"].map { value throws(FileError) in try value.tlsFiles() }
        if tls == nil {
            guard trusted else {
                throw top.value.error(
                    "the key \"tls\" is missing in the file",
                    fix: "Add it, for example `tls: {certificate: \(node).pem, key: \(node).key, ca: ca.pem}`, "
                        + "or make the network `trusted: true`.")
            }
            if let api = listen?["api"] {
                throw api.error(
                    "\(api.path) is given without tls", fix: "Add tls:, or use listen.socket for the console.")
            }
        }
        let stack = try top["stack"]?.choice(StackKind.self, called: "stack") ?? .userspace
        if stack == .userspace, let kernel = top["kernel"] {
            throw kernel.error(
                "kernel: is given, but not stack: linux", fix: "Add `stack: linux`, or take kernel: away.")
        }
        let kernel =
            stack == .linux
            ? try KernelConfiguration(
                try top.required("kernel", example: "{outside: {interface: eth0, address: 192.0.2.3}, inside: …}"))
            : nil
        return DaemonConfiguration(
            node: node, network: try top.required("network", example: "network.yaml").filePath(),
            stack: stack, kernel: kernel,
            cxtp: try listen?["cxtp"]?.endpoint(), api: try listen?["api"]?.endpoint(),
            socket: try listen?["socket"]?.filePath(), tls: tls,
            journal: try top["journal"]?.filePath() ?? "/var/lib/ferry/\(node).sqlite",
            approval: try top["approval"]?.choice(ApprovalPolicy.self, called: "approval") ?? .source,
            spiConflict: try top["spi-conflict"]?.choice(SPIConflictPolicy.self, called: "answer") ?? .deny,
            secrets: try top["secrets"]?.filePath(), trusted: trusted, trustedRanges: ranges)
    }

    /// Reads the configuration file at `path`.
    package static func load(_ path: String) throws(FileError) -> DaemonConfiguration {
        try read(try TextFile.read(path), file: path)
    }
}
