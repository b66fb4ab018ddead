import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Configuration of the programs")
struct ConfigurationTests {
    @Test("the kernel's stack is told of both networks and of the other gateways")
    func kernel() throws {
        let text = """
            node: PR
            network: n.yaml
            stack: linux
            trusted: true
            kernel:
              outside: {interface: eth0, address: 192.0.2.3, virtual: [192.0.2.1]}
              inside: {interface: eth1, address: 10.9.0.3}
              peers:
                NR: {outside: 192.0.2.4, inside: 10.9.0.4}
              ike: NR
            """
        let kernel = try #require(try DaemonConfiguration.read(text, file: "f.yaml").kernel)
        #expect(kernel.outside.interface == "eth0" && kernel.outside.virtual == [IPAddress(v4: 192, 0, 2, 1)])
        #expect(kernel.inside.address == IPAddress(v4: 10, 9, 0, 3) && kernel.inside.virtual.isEmpty)
        #expect(kernel.peers["NR"]?.inside == IPAddress(v4: 10, 9, 0, 4))
        #expect(kernel.ike == "NR")
        for (piece, fix) in [
            ("stack: linux\n", "stack: userspace\n"), ("kernel:", "kernels:"), ("ike: NR", "ike: SG9"),
        ] {
            #expect(throws: FileError.self) {
                try DaemonConfiguration.read(text.replacing(piece, with: fix), file: "f.yaml")
            }
        }
    }

    @Test("a daemon's configuration, with paths from its own directory")
    func daemon() throws {
        let text = """
            node: SG1
            network: ../network.yaml
            stack: userspace
            listen: {cxtp: "192.0.2.3:5091", api: "192.0.2.3:5092", socket: /run/ferry/SG1/api.sock}
            tls: {certificate: SG1.pem, key: /keys/SG1.key, ca: ca.pem}
            journal: SG1.sqlite
            approval: both
            """
        let daemon = try DaemonConfiguration.read(text, file: "/etc/ferry/ferryd.yaml")
        #expect(daemon.node == "SG1")
        #expect(daemon.network == "/etc/ferry/../network.yaml")
        #expect(daemon.cxtp == Endpoint(host: "192.0.2.3", port: 5091))
        #expect(daemon.api?.port == 5092)
        #expect(daemon.socket == "/run/ferry/SG1/api.sock")
        #expect(
            daemon.tls
                == TLSFiles(certificate: "/etc/ferry/SG1.pem", key: "/keys/SG1.key", ca: "/etc/ferry/ca.pem"))
        #expect(daemon.journal == "/etc/ferry/SG1.sqlite")
        #expect((daemon.approval, daemon.trusted, daemon.stack) == (.both, false, .userspace))
    }

    @Test("a daemon on a trusted network needs node and network only")
    func trusted() throws {
        let daemon = try DaemonConfiguration.read("{node: PR, network: net.yaml, trusted: true}", file: "ferryd.yaml")
        #expect((daemon.network, daemon.journal) == ("net.yaml", "/var/lib/ferry/PR.sqlite"))
        #expect((daemon.tls, daemon.cxtp, daemon.approval) == (nil, nil, .source))
    }

    @Test("a console's configuration")
    func console() throws {
        let text = """
            gateways: [192.0.2.3:5092, "[2001:db8::3]:5092", /run/ferry/SG1/api.sock]
            tls: {certificate: operator.pem, key: operator.key, ca: ca.pem}
            theme: dark
            armed-minutes: 5
            """
        let console = try ConsoleConfiguration.read(text, file: "/home/me/.config/ferry/console.yaml")
        #expect(
            console.gateways.map(\.description) == ["192.0.2.3:5092", "[2001:db8::3]:5092", "/run/ferry/SG1/api.sock"])
        #expect(console.tls?.key == "/home/me/.config/ferry/operator.key")
        #expect((console.theme, console.armedMinutes) == ("dark", 5))
        #expect(try ConsoleConfiguration.read("{}", file: "c.yaml") == ConsoleConfiguration())
    }

    @Test(
        "files are looked for by XDG, then under /etc",
        arguments: [
            ([:], ["/etc/xdg/ferry/c.yaml", "/etc/ferry/c.yaml"]),
            (["HOME": "/h"], ["/h/.config/ferry/c.yaml", "/etc/xdg/ferry/c.yaml", "/etc/ferry/c.yaml"]),
            (
                ["HOME": "/h", "XDG_CONFIG_HOME": "/x", "XDG_CONFIG_DIRS": "/a:relative:/b:/a"],
                ["/x/ferry/c.yaml", "/a/ferry/c.yaml", "/b/ferry/c.yaml", "/etc/ferry/c.yaml"]
            ),
            (
                ["HOME": "/h", "XDG_CONFIG_HOME": "relative", "XDG_CONFIG_DIRS": ""],
                ["/h/.config/ferry/c.yaml", "/etc/xdg/ferry/c.yaml", "/etc/ferry/c.yaml"]
            ),
        ] as [([String: String], [String])])
    func search(environment: [String: String], paths: [String]) {
        #expect(ConfigurationSearch(environment: environment).configuration("c.yaml") == paths)
    }

    @Test("data files are looked for in the data directories")
    func data() {
        #expect(
            ConfigurationSearch(environment: ["HOME": "/h"]).data("themes/dark.yaml") == [
                "/h/.local/share/ferry/themes/dark.yaml", "/usr/local/share/ferry/themes/dark.yaml",
                "/usr/share/ferry/themes/dark.yaml",
            ])
    }

    @Test(
        "what is wrong in a configuration is said with its line",
        arguments: [
            ("network: n.yaml", "f.yaml:1: the key \"node\" is missing in the file. Add it, for example `node: SG1`."),
            (
                "node: SG1\nnetwork: n.yaml",
                "f.yaml:1: the key \"tls\" is missing in the file. Add it, for example "
                    + "`tls: {certificate: SG1.pem, key: SG1.key, ca: ca.pem}`, or make the network `trusted: true`."
            ),
            (
                "node: SG1\nnetwork: n.yaml\nstack: kernel\ntrusted: true",
                "f.yaml:3: unknown stack \"kernel\" in stack. Known are userspace, linux."
            ),
            (
                "node: SG1\nnetwork: n.yaml\nlisten: {api: '127.0.0.1:1'}\ntrusted: true",
                "f.yaml:3: listen.api is given without tls. Add tls:, or use listen.socket for the console."
            ),
            (
                "node: SG1\nnetwork: n.yaml\napproval: target-and-source\ntrusted: true",
                "f.yaml:3: unknown approval \"target-and-source\" in approval. Known are automatic, source, target, both."
            ),
        ])
    func faults(text: String, message: String) {
        #expect(
            message == Outcome.of { () throws(FileError) in _ = try DaemonConfiguration.read(text, file: "f.yaml") })
    }
}
