import Foundation
import IPsec
import LinuxIPsec

/// The mobile node, two gateways and a server behind them, with a pair of SAs between the mobile node and the first gateway.
enum DirectNetwork {
    private static let daemons = ["DMN", "DPR", "DNR"]
    private static var folder: String { ProcessInfo.processInfo.environment["LAB"] ?? "." }
    private static var programs: String { ProcessInfo.processInfo.environment["BIN"] ?? ".build/debug" }

    static func make() throws {
        for bridge in ["drout", "drin"] {
            try Stack.ip("link", "add", bridge, "type", "bridge")
            try Stack.ip("link", "set", bridge, "up")
        }
        for node in ["DMN", "DPR", "DNR", "DSRV"] {
            try Stack.ip("netns", "add", node)
            try Stack.ip("-n", node, "link", "set", "lo", "up")
        }
        for (node, interface, bridge, address) in [
            ("DMN", "out", "drout", "10.80.0.2/24"), ("DPR", "out", "drout", "10.80.0.3/24"),
            ("DNR", "out", "drout", "10.80.0.4/24"), ("DPR", "in", "drin", "10.89.0.3/24"),
            ("DNR", "in", "drin", "10.89.0.4/24"), ("DSRV", "in", "drin", "10.89.0.9/24"),
        ] {
            try Stack.ip(
                "link", "add", node + interface, "type", "veth", "peer", "name", interface, "netns", node)
            try Stack.ip("link", "set", node + interface, "master", bridge, "up")
            try Stack.ip("-n", node, "addr", "add", address, "dev", interface)
            try Stack.ip("-n", node, "link", "set", interface, "up")
        }
        for node in ["DPR", "DNR"] {
            _ = try Tool.run(
                "ip",
                [
                    "netns", "exec", node, "sysctl", "-qw", "net.ipv4.ip_forward=1",
                    "net.ipv4.conf.all.send_redirects=0",
                    "net.ipv4.conf.in.send_redirects=0", "net.ipv4.conf.out.send_redirects=0",
                ])
            try Stack.ip("-n", node, "route", "add", "10.81.0.0/24", "via", "10.89.0.9")
            try Stack.ip("-n", node, "route", "add", "10.82.0.0/24", "via", "10.80.0.2")
        }
        try Stack.ip("-n", "DPR", "addr", "add", "10.89.0.1/32", "dev", "in")
        for (node, own, network, gateway) in [
            ("DMN", "10.82.0.1", "10.81.0.0/24", "10.80.0.3"), ("DSRV", "10.81.0.1", "10.82.0.0/24", "10.89.0.1"),
        ] {
            try Stack.ip("-n", node, "addr", "add", own + "/32", "dev", "lo")
            try Stack.ip("-n", node, "route", "add", network, "via", gateway, "src", own)
        }
    }

    /// The SAs and their policies at both ends; gives their SPIs.
    static func install() async throws -> [UInt32] {
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { return [] }
        let (mobile, gateway) = (IPAddress(v4: 10, 80, 0, 2), IPAddress(v4: 10, 80, 0, 3))
        let inner = (AddressRange(IPAddress(v4: 10, 82, 0, 1)), AddressRange(IPAddress(v4: 10, 81, 0, 1)))
        let keys = [KeyedSuite(random: suite), KeyedSuite(random: suite)]
        for (node, own) in [("DMN", mobile), ("DPR", gateway)] {
            let stack = try await Namespace.within(node) {
                try LinuxStack(LinuxStackSettings(addresses: [own]), gate: OpenGate())
            }
            let ways = [(mobile, gateway, inner.0, inner.1), (gateway, mobile, inner.1, inner.0)]
            var (associations, policies): ([SecurityAssociation], [Policy]) = ([], [])
            for (index, (source, destination, from, to)) in ways.enumerated() {
                let direction: Direction = source == own ? .outbound : .inbound
                var association = try Stack.association(
                    0x8001 + UInt32(index), suite, from: source, to: destination, direction)
                var attributes = StaticAttributes(mode: .tunnel, keys: keys[index])
                attributes.replayWindowSize = direction == .inbound ? 1_024 : nil
                (association.attributes, association.state) = (attributes, DynamicAttributes(fresh: attributes))
                associations.append(association)
                policies.append(
                    Policy(
                        name: "p\(index)", direction: direction,
                        selectors: [TrafficSelector(source: from, destination: to)], action: .protect,
                        origin: .user("MN"), association: association.identifier))
            }
            try await stack.install(associations, policies: policies)
        }
        return [0x8001, 0x8002]
    }

    /// The daemons of the mobile node and the gateways, once they answer consoles.
    static func start() throws -> [Process] {
        let network = "\(folder)/direct.yaml"
        try self.network.write(toFile: network, atomically: true, encoding: .utf8)
        let made = try Tool.run("\(programs)/ferry", ["pki", network, "--out", "\(folder)/direct-pki"])
        guard made.status == 0 else { throw LabError.failed("ferry pki: \(made.output)") }
        let started = try daemons.map { node in
            let name = String(node.dropFirst())
            try FileManager.default.createDirectory(
                atPath: "/run/\(node)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let file = "\(folder)/\(node).yaml"
            try configuration(name, node).write(toFile: file, atomically: true, encoding: .utf8)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["ip", "netns", "exec", node, "\(programs)/ferryd", "--config", file]
            _ = FileManager.default.createFile(atPath: "/run/\(node)/ferryd.log", contents: nil)
            let log = try FileHandle(forWritingTo: URL(fileURLWithPath: "/run/\(node)/ferryd.log"))
            (process.standardOutput, process.standardError) = (log, log)
            try process.run()
            return process
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while !daemons.allSatisfy({ FileManager.default.fileExists(atPath: "/run/\($0)/api.sock") }) {
            guard ContinuousClock.now < deadline else {
                tellLogs()
                for process in started { process.terminate() }
                throw LabError.failed("a daemon does not come up")
            }
            usleep(50_000)
        }
        return started
    }

    static func tellLogs() {
        for node in daemons {
            let log = (try? String(contentsOfFile: "/run/\(node)/ferryd.log", encoding: .utf8)) ?? ""
            print("lab: ferryd of \(node)\n\(log.suffix(4_000))")
        }
    }

    private static let network = """
        gateway-identity: direct
        nodes:
          MN: {role: mobile-node,   addresses: [10.80.0.2], daemon: {cxtp: "10.80.0.2:5091", api: "10.80.0.2:5092"}}
          PR: {role: access-router, addresses: [10.80.0.3], daemon: {cxtp: "10.80.0.3:5091", api: "10.80.0.3:5092"}}
          NR: {role: access-router, addresses: [10.80.0.4], daemon: {cxtp: "10.80.0.4:5091", api: "10.80.0.4:5092"}}
          G:  {role: router,        addresses: [10.89.0.9]}
          RN: {role: remote-node,   addresses: [10.81.0.1]}
        paths:
          data: {previous: [MN, PR, G, RN], next: [MN, NR, G, RN]}

        """

    private static func configuration(_ name: String, _ node: String) -> String {
        let sides = [
            "MN": "{interface: out, address: 10.80.0.2}\n  inside: {interface: lo, address: 127.0.0.1}",
            "PR": "{interface: out, address: 10.80.0.3}\n"
                + "  inside: {interface: in, address: 10.89.0.3, virtual: [10.89.0.1]}\n"
                + "  peers:\n    NR: {outside: 10.80.0.4, inside: 10.89.0.4}",
            "NR": "{interface: out, address: 10.80.0.4}\n"
                + "  inside: {interface: in, address: 10.89.0.4, virtual: [10.89.0.1]}\n"
                + "  peers:\n    PR: {outside: 10.80.0.3, inside: 10.89.0.3}",
        ]
        return """
            node: \(name)
            network: direct.yaml
            stack: linux
            listen: {socket: /run/\(node)/api.sock}
            tls: {certificate: direct-pki/\(name).pem, key: direct-pki/\(name).key, ca: direct-pki/ca.pem}
            journal: /run/\(node)/journal.sqlite
            approval: automatic
            kernel:
              outside: \(sides[name] ?? "")

            """
    }
}
