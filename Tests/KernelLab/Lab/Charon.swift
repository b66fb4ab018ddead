import Foundation
import IPsec

/// A node's charon.
enum Charon {
    /// Has it do what `swanctl` asks, and gives what that prints. Throws where it does not.
    @discardableResult
    static func order(_ arguments: [String], at node: String) throws -> String {
        let result = try Tool.run(
            "STRONGSWAN_CONF=/run/\(node)/strongswan.conf",
            ["SWANCTL_DIR=/run/\(node)/swanctl", "swanctl"] + arguments + ["--uri", "unix:///run/\(node)/charon.vici"])
        guard result.status == 0 else {
            throw LabError.failed("swanctl \(arguments.joined(separator: " ")) at \(node): \(result.output)")
        }
        return result.output
    }

    /// What it wrote so far.
    static func log(of node: String) -> [Substring] {
        ((try? String(contentsOfFile: "/run/\(node)/charon.log", encoding: .utf8)) ?? "").split(separator: "\n")
    }

    /// How many IKE messages it sent and received so far.
    static func messages(of node: String) -> Int {
        log(of: node).count { $0.contains("sending packet") || $0.contains("received packet") }
    }

    /// What protects one kind of traffic between MN and the server.
    struct Child: Sendable {
        let name: String
        /// Whose it is: the connections of one user move together.
        let connection: String
        /// The inner address at MN, and that of the server.
        let mobile: IPAddress
        let server: IPAddress
    }

    /// Those of the first user.
    static let children: [Child] =
        ["gcm", "cbc", "esn"].enumerated().map { index, name in
            Child(
                name: name, connection: "lab", mobile: IPAddress(v4: 10, 2, UInt8(index), 1),
                server: IPAddress(v4: 10, 1, UInt8(index), 1))
        } + [
            Child(
                name: "ipv6", connection: "lab6", mobile: IPAddress(family: .v6, value: 0xfd02 << 112 | 1),
                server: IPAddress(family: .v6, value: 0xfd01 << 112 | 1))
        ]

    /// That of the second user, by NAT traversal.
    static let other = Child(
        name: "natt", connection: "bob", mobile: IPAddress(v4: 10, 2, 3, 1), server: IPAddress(v4: 10, 1, 3, 1))

    /// Has it begin with nothing, as after its machine was switched off and on: nobody is told that what it had is gone.
    static func restart(_ node: String) throws {
        let script = """
            for file in /proc/self/fd/*; do [ ${file##*/} -gt 2 ] && eval "exec ${file##*/}>&-"; done
            kill -KILL $(cat /run/\(node)/charon.pid)
            while [ -d /proc/$(cat /run/\(node)/charon.pid) ] && ! grep -q 'State:.Z' /proc/$(cat /run/\(node)/charon.pid)/status; do
                sleep 0.05
            done
            ip -n \(node) xfrm state flush; ip -n \(node) xfrm policy flush; rm -f /run/\(node)/charon.vici
            export STRONGSWAN_CONF=/run/\(node)/strongswan.conf
            ip netns exec \(node) /usr/sbin/charon-systemd </dev/null >>/run/\(node)/out 2>&1 & echo $! >/run/\(node)/charon.pid
            for _ in $(seq 200); do [ -S /run/\(node)/charon.vici ] && break; sleep 0.1; done
            """
        _ = try Tool.run("bash", ["-c", script])
        try order(["--load-all", "--noprompt"], at: node)
    }

    /// Negotiates these children of the first user anew, and nothing else, whatever there is.
    static func begin(_ children: [Child] = children) throws {
        for connection in ["lab", "lab6"] {
            for node in ["MN", "PR"] { _ = try? order(["--terminate", "--ike", connection, "--force"], at: node) }
        }
        for child in children {
            try order(["--initiate", "--child", child.name], at: "MN")
        }
    }
}
