import Foundation
import Testing

/// The real `ferryd` as router SG1 of figure 10, without SAs and without other routers.
enum LoneDaemon {
    /// Runs it for as long as `body` does; then it ends as it is asked to.
    static func running(_ body: (TemporaryFolder, Child) async throws -> Void) async throws {
        try await TemporaryFolder.with { folder in
            let network = try folder.write(Networks.figure10, to: "network.yaml")
            let pki = try await Run(
                try BuiltProgram.ferry.path, ["pki", network, "--out", folder.path("pki")], in: folder)
            try #require(pki.status == 0, "\(pki.errors)")
            let configuration = try folder.write(Networks.daemon(in: folder), to: "ferryd.yaml")
            let daemon = try Child(
                try BuiltProgram.ferryd.path, ["--config", configuration], errors: folder.path("ferryd.log"))
            do {
                try await body(folder, daemon)
            } catch {
                kill(daemon.process, SIGTERM)
                _ = await daemon.end()
                throw error
            }
            kill(daemon.process, SIGTERM)
            #expect(await daemon.end() == 0)
        }
    }
}
