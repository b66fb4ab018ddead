import ConfigurationFiles
import Console
import ContextTransfer
import FakeGateways
import Foundation
import Gateway
import GatewayAPI
import Logging
import Testing

@Suite("A gateway answers on a UNIX socket", .timeLimit(.minutes(2)))
struct LocalSocketTests {
    /// A directory that is there while `body` runs.
    private func folder(_ body: (String) async throws -> Void) async throws {
        let path = "\(NSTemporaryDirectory())ferry-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await body(path)
    }

    private func servers(_ path: String, _ gateway: FakeGateway = FakeGateway()) throws -> GatewayServers {
        try GatewayServers(
            operations: gateway, credential: nil, authority: nil, tcp: nil, socketPath: path,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func serving(_ servers: GatewayServers, body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await servers.run() }
            let port = try await servers.boundPort
            #expect(port == nil)
            try await body()
            group.cancelAll()
        }
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// Leaves a socket's file behind, as a daemon does that was killed.
    private func abandon(_ path: String) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let made = withUnsafeBytes(of: &address) { octets in
            octets.withMemoryRebound(to: sockaddr.self) { bind(descriptor, $0.baseAddress, length) }
        }
        #expect(made == 0)
    }

    @Test("its caller is an operator and needs no certificate; file and directory are its owner's alone")
    func local() async throws {
        try await folder { folder in
            let (path, gateway) = ("\(folder)/run/SG1/api.sock", FakeGateway())
            try await serving(try servers(path, gateway)) {
                #expect(try mode(path) == 0o600)
                #expect(try mode("\(folder)/run/SG1") == 0o700)
                try await GatewayClient.connected(to: .socket(path), tls: nil) { client in
                    let description = try await client.describe()
                    #expect(description.callerRole == .operator)
                    #expect(description.callerName == (geteuid() == 0 ? "local root" : "local"))
                    _ = try await client.approve(MoveID(1))
                }
            }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test("a socket that a dead daemon left is replaced")
    func stale() async throws {
        try await folder { folder in
            let path = "\(folder)/api.sock"
            abandon(path)
            #expect(FileManager.default.fileExists(atPath: path))
            try await serving(try servers(path)) {
                _ = try await GatewayClient.connected(to: .socket(path), tls: nil) { try await $0.describe() }
            }
        }
    }

    @Test("a socket on which a daemon listens is left to it")
    func taken() async throws {
        try await folder { folder in
            let path = "\(folder)/api.sock"
            try await serving(try servers(path)) {
                await #expect(throws: GatewayServersError.socket(.inUse(path))) { try await servers(path).run() }
                _ = try await GatewayClient.connected(to: .socket(path), tls: nil) { try await $0.describe() }
            }
        }
    }

    @Test("a directory that is open to others is refused")
    func open() async throws {
        try await folder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
            await #expect(throws: GatewayServersError.socket(.openDirectory(folder, mode: 0o755))) {
                try await servers("\(folder)/api.sock").run()
            }
        }
    }

    @Test("a file that is no socket is left alone")
    func file() async throws {
        try await folder { folder in
            let path = "\(folder)/api.sock"
            try "mine".write(toFile: path, atomically: true, encoding: .utf8)
            await #expect(throws: GatewayServersError.socket(.notASocket(path))) { try await servers(path).run() }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }

    @Test("a path that is too long for a socket is refused")
    func long() async throws {
        let path = "/tmp/\(String(repeating: "x", count: 120))/api.sock"
        await #expect(throws: GatewayServersError.socket(.tooLong(path))) { try await servers(path).run() }
    }

    @Test("where no daemon listens, the system's words say so")
    func nobody() async throws {
        try await folder { folder in
            let path = "\(folder)/api.sock"
            await #expect(throws: RequestFailure.unreachable("it cannot be reached: no such file or directory")) {
                try await GatewayClient.connected(to: .socket(path), tls: nil) { _ in }
            }
        }
    }
}
