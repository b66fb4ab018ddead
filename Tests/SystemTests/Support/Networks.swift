/// Files that people write.
enum Networks {
    /// The draft's figure 10, without traffic.
    static let figure10 = """
        name: figure-10
        nodes:
          MN:  {role: mobile-node,      addresses: [127.10.0.1]}
          PR:  {role: access-router,    addresses: [127.10.0.2]}
          SG1: {role: security-gateway, addresses: [127.10.0.3]}
          NR:  {role: access-router,    addresses: [127.10.0.4]}
          SG2: {role: security-gateway, addresses: [127.10.0.5]}
          G:   {role: router,           addresses: [127.10.0.6]}
          RN:  {role: remote-node,      addresses: [127.10.0.7]}
        paths:
          data:
            previous: [MN, PR, SG1, G, RN]
            next:     [MN, NR, SG2, G, RN]
        associations:
          - {name: up, plane: data, from: MN, to: SG1, protocol: esp, mode: tunnel, spi: 0x1001, encryption: aes-gcm-16-256}

        """

    /// The configuration of SG1's daemon, with its console at `api.sock`.
    static func daemon(in folder: TemporaryFolder) -> String {
        """
        node: SG1
        network: \(folder.path("network.yaml"))
        listen: {cxtp: "127.0.0.1:0", socket: \(folder.path("api.sock"))}
        tls: {certificate: \(folder.path("pki/SG1.pem")), key: \(folder.path("pki/SG1.key")), ca: \(folder.path("pki/ca.pem"))}
        journal: \(folder.path("journal.sqlite"))

        """
    }

    /// A scenario on it: traffic, and where its SA is expected to be at the end.
    static func scenario(endsAt gateway: String) -> String {
        figure10 + """
            traffic:
              - {from: MN, to: RN, rate: 200, size: 200}
            expect:
              outcome: completed
              associations:
                - {name: up, type: 5, action: move, outcome: moved, at: \(gateway)}

            """
    }

    /// A scenario on it of which nothing ends as it expects.
    static func wrongScenario(expecting counts: String) -> String {
        figure10 + """
            traffic:
              - {from: MN, to: RN, rate: 200, size: 200}
            expect:
              outcome: refused
              associations:
                - {name: up, type: 4, action: none, outcome: refused, at: SG1, spi: changed, suite: aes-gcm-16-128, gateway-address: 192.0.2.1, path-mtu: 1400}
            \(counts)

            """
    }
}
