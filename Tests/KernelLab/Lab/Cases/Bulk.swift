import ConfigurationFiles
import Console
import Foundation
import GatewayAPI
import IPsec
import LinuxIPsec

/// The kernel's SAs of one user, ten thousand of them and without policies of their own, move from one gateway to another in
/// one move; and `ip -batch` adds the same to the same kernel. Two gateways of their own, whom nobody sends packets.
enum Bulk {
    /// Fewer in a debug build, which shows that they move and not how fast.
    private static let count = Tool.programs.hasSuffix("debug") ? 1_000 : 10_000
    private static let mobile = "10.70.0.2"
    private static let virtual = "10.70.0.1"

    static func run(_ report: inout LabReport) async throws {
        let folder = ProcessInfo.processInfo.environment["LAB"] ?? "."
        let states = try states()
        for name in ["BP", "BN"] { try ip(["netns", "add", name]) }
        for side in ["out", "in"] {
            try ip(["-n", "BP", "link", "add", side, "type", "veth", "peer", "name", side, "netns", "BN"])
        }
        var daemons: [Process] = []
        defer { for daemon in daemons { daemon.terminate() } }
        for (namespace, node, last) in [("BP", "PR", 3), ("BN", "NR", 4)] {
            for (side, net) in [("out", "10.70.0"), ("in", "10.79.0")] {
                try ip(["-n", namespace, "addr", "add", "\(net).\(last)/24", "dev", side])
                if node == "PR" { try ip(["-n", namespace, "addr", "add", "\(net).1/32", "dev", side]) }
                try ip(["-n", namespace, "link", "set", side, "up"])
            }
            try ip(["-n", namespace, "link", "set", "lo", "up"])
            daemons.append(try daemon(node, in: namespace, last: last, folder))
        }
        for node in ["PR", "NR"] {
            while !FileManager.default.fileExists(atPath: socket(node)) { usleep(50_000) }
        }
        let refused = try await Namespace.within("BP") { try XfrmDatabase().add(states).count { $0 != 0 } }
        guard refused == 0 else { throw LabError.failed("\(refused) of the kernel's SAs cannot be added at PR") }
        // Each beside the others, and of each the best of three: what else the machine does is not of their doing.
        var (ferry, batch, kernel) = (Double.infinity, Double.infinity, Double.infinity)
        for (round, (old, new)) in [("PR", "NR"), ("NR", "PR"), ("PR", "NR")].enumerated() {
            ferry = min(ferry, try await move(from: old, to: new))
            batch = min(batch, try installed(states, in: "BB\(round)", by: "\(folder)/bulk.batch"))
            kernel = min(kernel, try await moved(states, from: "BK\(round)", to: "BL\(round)"))
        }
        report.bulk = BulkReport(
            count: count, ferryPerSecond: Double(count) / ferry, ipBatchPerSecond: Double(count) / batch,
            kernelPerSecond: Double(count) / kernel,
            inForce: try await Namespace.within("BN") { try XfrmDatabase().states().count { $0.mark == nil } },
            left: try await all("BP"))
        print("lab: \(String(describing: report.bulk))")
    }

    /// Moves all; how long that took from the moment when it was ordered until all were in force at the one, and gone
    /// from the other, in seconds.
    private static func move(from old: String, to new: String) async throws -> Double {
        for node in ["PR", "NR"] {
            try ferry(["path", "set", "--previous", "MN,\(old),G,RN", "--next", "MN,\(new),G,RN"], at: [node])
        }
        let start = try await GatewayClient.connected(to: .socket(socket(old)), tls: nil) { gateway in
            _ = try await gateway.describe()
            let start = KernelTime.now.nanoseconds
            _ = try await gateway.move(MoveOrder(selection: MoveSelection()))
            return start
        }
        let places = ["PR": "BP", "NR": "BN"]
        let deadline = start + 300_000_000_000
        while KernelTime.now.nanoseconds < deadline {
            // To count takes the kernel no time, which the daemons would lack.
            if try await all(places[old]) == 0, try await all(places[new]) == count {
                return Double(KernelTime.now.nanoseconds - start) / 1e9
            }
            usleep(20_000)
        }
        throw LabError.failed("\(count) SAs are not all at \(new) after five minutes")
    }

    /// Has the kernel do what a move asks of it, and nothing else: read them all in a new namespace, take them out of service,
    /// add them in another one and delete them; how long that takes, in seconds.
    private static func moved(_ states: [XfrmState], from old: String, to new: String) async throws -> Double {
        for name in [old, new] { try ip(["netns", "add", name]) }
        _ = try await Namespace.within(old) { try XfrmDatabase().add(states) }
        let names = states.map(\.name)
        let start = KernelTime.now.nanoseconds
        let ends = try await Namespace.within(old) {
            let database = try XfrmDatabase()
            _ = try database.states()
            let changes = try database.replace(names) { $0.mark = KernelView.parkedMark }
            return changes.filter { $0.code == 0 }.compactMap(\.end)
        }
        let codes = try await Namespace.within(new) { try XfrmDatabase().add(ends) }
        let gone = try await Namespace.within(old) { try XfrmDatabase().delete(names.map(\.parked)) }
        let end = KernelTime.now.nanoseconds
        guard codes.count == count, (codes + gone).allSatisfy({ $0 == 0 }) else {
            throw LabError.failed("the kernel alone moves only \(codes.count) of \(count)")
        }
        return Double(end - start) / 1e9
    }

    /// How many SAs a gateway's kernel has, in any form.
    private static func all(_ namespace: String?) async throws -> Int {
        try await Namespace.within(namespace ?? "") { try XfrmDatabase().count() }
    }

    private static func socket(_ node: String) -> String { "/run/bulk/\(node)/api.sock" }

    private static func ferry(_ arguments: [String], at nodes: [String]) throws {
        let run = try Tool.run(
            "\(Tool.programs)/ferry", arguments + nodes.flatMap { ["--gateway", socket($0)] })
        guard run.status == 0 else { throw LabError.failed("ferry \(arguments.joined(separator: " ")): \(run.output)") }
    }

    /// Half of them for each direction, as a pair's are.
    private static func states() throws -> [XfrmState] {
        guard let mobile = IPAddress(mobile), let virtual = IPAddress(virtual) else {
            throw LabError.failed("no addresses")
        }
        return (0..<count).map { index in
            let isInbound = index.isMultiple(of: 2)
            var state = XfrmState(
                spi: 0x1000_0000 + UInt32(index), source: isInbound ? mobile : virtual,
                destination: isInbound ? virtual : mobile, securityProtocol: 50, mode: 1)
            state.requestID = UInt32(1 + index / 2)
            state.flags = 32
            state.replay.window = isInbound ? 32 : 0
            state.combined = XfrmAlgorithm(
                name: "rfc4106(gcm(aes))", key: KeyMaterial(octets: (0..<36).map { _ in .random(in: 0...255) }),
                icvBits: 128)
            return state
        }
    }

    /// Has `ip -batch` add them in a new namespace; how long that took without the start of the program, in seconds.
    private static func installed(_ states: [XfrmState], in namespace: String, by file: String) throws -> Double {
        try ip(["netns", "add", namespace])
        let lines = states.map { state in
            let key = state.combined?.key.withOctets { $0.map { String(format: "%02x", $0) }.joined() } ?? ""
            return "xfrm state add src \(state.source) dst \(state.destination) proto esp spi \(state.spi) "
                + "reqid \(state.requestID) mode tunnel replay-window \(state.replay.window) flag af-unspec "
                + "aead rfc4106(gcm(aes)) 0x\(key) 128"
        }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let empty = try seconds { try ip(["-n", namespace, "-batch", "/dev/null"]) }
        let full = try seconds { try ip(["-n", namespace, "-batch", file]) }
        return full - empty
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = KernelTime.now.nanoseconds
        try body()
        return Double(KernelTime.now.nanoseconds - start) / 1e9
    }

    private static func ip(_ arguments: [String]) throws {
        let run = try Tool.run("ip", arguments)
        guard run.status == 0 else { throw LabError.failed("ip \(arguments.joined(separator: " ")): \(run.output)") }
    }

    /// Starts a gateway's daemon with files of its own.
    private static func daemon(_ node: String, in namespace: String, last: Int, _ folder: String) throws -> Process {
        let run = "/run/bulk/\(node)"
        try FileManager.default.createDirectory(
            atPath: run, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let peer = (name: node == "PR" ? "NR" : "PR", last: 7 - last)
        let network = """
            nodes:
              MN: {role: mobile-node,   addresses: [\(mobile)]}
              PR: {role: access-router, addresses: [10.70.0.3], daemon: {cxtp: "10.70.0.3:5091", api: "10.70.0.3:5092"}}
              NR: {role: access-router, addresses: [10.70.0.4], daemon: {cxtp: "10.70.0.4:5091", api: "10.70.0.4:5092"}}
              G:  {role: router,        addresses: [10.79.0.9]}
              RN: {role: remote-node,   addresses: [10.71.0.1]}
            paths:
              data: {previous: [MN, PR, G, RN], next: [MN, NR, G, RN]}

            """
        let configuration = """
            node: \(node)
            network: \(run)/network.yaml
            stack: linux
            listen: {socket: \(run)/api.sock}
            tls: {certificate: \(folder)/pki/\(node).pem, key: \(folder)/pki/\(node).key, ca: \(folder)/pki/ca.pem}
            journal: \(run)/journal.sqlite
            approval: automatic
            kernel:
              outside: {interface: out, address: 10.70.0.\(last), virtual: [\(virtual)]}
              inside: {interface: in, address: 10.79.0.\(last), virtual: [10.79.0.1]}
              peers:
                \(peer.name): {outside: 10.70.0.\(peer.last), inside: 10.79.0.\(peer.last)}

            """
        try Data(network.utf8).write(to: URL(fileURLWithPath: "\(run)/network.yaml"))
        try Data(configuration.utf8).write(to: URL(fileURLWithPath: "\(run)/ferryd.yaml"))
        _ = FileManager.default.createFile(atPath: "\(run)/log", contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "ip", "netns", "exec", namespace, "\(Tool.programs)/ferryd", "--config", "\(run)/ferryd.yaml",
        ]
        process.standardError = FileHandle(forWritingAtPath: "\(run)/log")
        try process.run()
        return process
    }
}
