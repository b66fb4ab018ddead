import Foundation
import IPsec

/// A node's charon.
enum Charon {
    /// Has it do what `swanctl` asks; what is printed, and its status.
    static func swanctl(_ arguments: [String], at node: String) throws -> (output: String, status: Int32) {
        try Tool.run("swanctl", arguments + ["--uri", "unix:///run/\(node)/charon.vici"])
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

    /// Negotiates everything anew, whatever there is.
    static func begin() throws {
        for connection in ["lab", "lab6"] {
            for node in ["MN", "PR"] { _ = try swanctl(["--terminate", "--ike", connection, "--force"], at: node) }
        }
        for child in children {
            let end = try swanctl(["--initiate", "--child", child.name], at: "MN")
            guard end.status == 0 else { throw LabError.notNegotiated(child.name, end.output) }
        }
    }
}
