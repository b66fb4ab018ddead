import FakeSupervisor
import Foundation
import Testing

/// The real `ferryd` as router SG1 of figure 10, without SAs and without other routers.
enum LoneDaemon {
    /// Runs it for as long as `body` does; then it ends as it is asked to, or has ended with that status.
    static func running(
        endingWith status: Int32 = 0, _ body: (TemporaryFolder, Child) async throws -> Void
    ) async throws {
        try await prepared { folder, configuration in
            let daemon = try Child(
                try BuiltProgram.ferryd.path, ["--config", configuration], errors: folder.path("ferryd.log"))
            try await running(daemon, in: folder, endingWith: status) { try await body(folder, daemon) }
        }
    }

    /// The same, by a user who is not root and has all files.
    static func running(as uid: Int, _ body: (TemporaryFolder, Child) async throws -> Void) async throws {
        try await prepared { folder, configuration in
            // The user may not see the folder that it was built in.
            let program = folder.path("ferryd")
            try FileManager.default.copyItem(atPath: try BuiltProgram.ferryd.path, toPath: program)
            let files = try FileManager.default.subpathsOfDirectory(atPath: folder.url.path)
            for path in [folder.url.path] + files.map(folder.path) {
                try #require(chown(path, uid_t(uid), gid_t(uid)) == 0)
            }
            let daemon = try Child(
                "/usr/bin/setpriv",
                ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", program, "--config", configuration],
                errors: folder.path("ferryd.log"))
            try await running(daemon, in: folder) { try await body(folder, daemon) }
        }
    }

    /// The same, with a supervisor that listens at that file and gives it those variables.
    static func running(
        notifying file: String, _ variables: String...,
        body: (TemporaryFolder, Child, NewsEar) async throws -> Void
    ) async throws {
        try await prepared { folder, configuration in
            let ear = try NewsEar(at: folder.path(file))
            defer { ear.end() }
            let daemon = try Child(
                "/usr/bin/env",
                ["NOTIFY_SOCKET=\(ear.name)"] + variables + [try BuiltProgram.ferryd.path, "--config", configuration],
                errors: folder.path("ferryd.log"))
            try await running(daemon, in: folder) { try await body(folder, daemon, ear) }
        }
    }

    /// The files of SG1's daemon, with the path of its configuration.
    private static func prepared(_ body: (TemporaryFolder, String) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let network = try folder.write(Networks.figure10, to: "network.yaml")
            let pki = try await Run(
                try BuiltProgram.ferry.path, ["pki", network, "--out", folder.path("pki")], in: folder)
            try #require(pki.status == 0, "\(pki.errors)")
            try await body(folder, try folder.write(Networks.daemon(in: folder), to: "ferryd.yaml"))
        }
    }

    private static func running(
        _ daemon: Child, in folder: TemporaryFolder, endingWith status: Int32 = 0, _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch {
            kill(daemon.process, SIGTERM)
            _ = await daemon.end()
            throw error
        }
        kill(daemon.process, SIGTERM)
        #expect(await daemon.end() == status)
    }
}
