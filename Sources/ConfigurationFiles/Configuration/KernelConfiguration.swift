package import ForwardingPath
package import IPsec

/// What a daemon on the kernel's stack is told of its machine.
///
/// ```yaml
/// kernel:
///   outside: {interface: eth0, address: 192.0.2.3, virtual: [192.0.2.1]}
///   inside: {interface: eth1, address: 10.9.0.3, virtual: [10.9.0.1]}
///   peers:
///     NR: {outside: 192.0.2.4, inside: 10.9.0.4}
///   ike: NR                         # whose IKE daemon has the mobile nodes' IKE SAs, where that is another gateway
///   vici: /run/charon.vici          # strongSwan's socket: what its SAs are called, and whose they are
/// ```
package struct KernelConfiguration: Hashable, Sendable {
    /// One of the two networks that a gateway is between.
    package struct Side: Hashable, Sendable {
        package let interface: String
        /// The gateway's own address there, which never moves.
        package let address: IPAddress
        /// The addresses that move with SAs: mobile nodes know the gateway by the outside ones, hosts inside send to mobile
        /// nodes by the inside ones.
        package let virtual: [IPAddress]
    }

    /// Another gateway, by its own addresses.
    package struct Peer: Hashable, Sendable {
        package let outside: IPAddress
        /// `nil`: packets that are to be protected are not passed on to it.
        package let inside: IPAddress?
    }

    package let outside: Side
    package let inside: Side
    package let peers: [NodeName: Peer]
    /// To which of them IKE messages for the virtual addresses go on; `nil`: to none.
    package let ike: NodeName?
    /// The path of the socket of the strongSwan beside the daemon; `nil`: SAs are called by their SPIs, and users by addresses.
    package let vici: String?

    init(_ value: YAMLValue) throws(FileError) {
        let top = try value.mapping(keys: ["outside", "inside", "peers", "ike", "vici"])
        outside = try Self.side(try top.required("outside", example: "{interface: eth0, address: 192.0.2.3}"))
        inside = try Self.side(try top.required("inside", example: "{interface: eth1, address: 10.9.0.3}"))
        var peers: [NodeName: Peer] = [:]
        for (key, value) in try top["peers"]?.entries() ?? [] {
            guard let name = NodeName(try key.name()[...]) else { preconditionFailure("A name is a node name.") }
            let fields = try value.mapping(keys: ["outside", "inside"])
            peers[name] = Peer(
                outside: try fields.required("outside", example: "192.0.2.4").address(),
                inside: try fields["inside"]?.address())
        }
        self.peers = peers
        vici = try top["vici"]?.filePath()
        guard let value = top["ike"] else {
            ike = nil
            return
        }
        let name = NodeName(try value.name()[...])
        guard let name, peers[name] != nil else {
            throw value.error("ike: names no gateway of peers:", fix: "Add it to peers:, with its outside address.")
        }
        ike = name
    }

    private static func side(_ value: YAMLValue) throws(FileError) -> Side {
        let fields = try value.mapping(keys: ["interface", "address", "virtual"])
        var virtual: [IPAddress] = []
        for item in try fields["virtual"]?.items() ?? [] { virtual.append(try item.address()) }
        return Side(
            interface: try fields.required("interface", example: "eth0").name(),
            address: try fields.required("address", example: "192.0.2.3").address(), virtual: virtual)
    }
}
