import Foundation
import Testing

extension SystemTests {
    @Suite("A daemon that reads its network file anew")
    struct Reload {
        private static let policies = """
            policies:
              - name: ike
                direction: out
                action: bypass
                selectors: [{source: 0.0.0.0/0, destination: 0.0.0.0/0, protocol: udp, destination-ports: 500}]

            """

        /// Runs SG1's daemon on figure 10 for as long as `body` does.
        private func running(_ body: (TemporaryFolder, Child) async throws -> Void) async throws {
            try await LoneDaemon.running { folder, daemon in
                try await wait(in: folder, for: "Router daemon runs")
                try await body(folder, daemon)
            }
        }

        /// Waits until the daemon has logged that.
        private func wait(in folder: TemporaryFolder, for text: String, times: Int = 1) async throws {
            let seen: Bool? = try await Patience.wait {
                let log = folder.text("ferryd.log") ?? ""
                return log.components(separatedBy: text).count > times ? true : nil
            }
            try #require(seen == true, "\(folder.text("ferryd.log") ?? "")")
        }

        /// Has it read that.
        private func read(_ text: String, _ daemon: Child, in folder: TemporaryFolder) throws {
            _ = try folder.write(text, to: "network.yaml")
            kill(daemon.process, SIGHUP)
        }

        /// What it has, as JSON.
        private func has(_ listing: String, in folder: TemporaryFolder) async throws -> String {
            let run = try await Run(
                try BuiltProgram.ferry.path,
                ["get", listing, "--format", "json", "--gateway", folder.path("api.sock")], in: folder)
            try #require(run.status == 0, "\(run.errors)")
            return run.output
        }

        @Test("its own policies and paths follow the file; a file that it could not start with changes nothing")
        func follows() async throws {
            try await running { folder, daemon in
                let before = try await (policies: has("spd", in: folder), paths: has("paths", in: folder))
                #expect(!before.policies.contains("ike") && before.paths.contains("SG2"))
                let changed = Networks.figure10.replacingOccurrences(of: "SG2", with: "SG3") + Self.policies
                try read(changed, daemon, in: folder)
                try await wait(in: folder, for: "network.yaml anew")
                let after = try await (policies: has("spd", in: folder), paths: has("paths", in: folder))
                #expect(after.policies.contains("ike") && after.paths.contains("SG3"))

                try read(Networks.figure10.replacingOccurrences(of: "SG1", with: "SG9"), daemon, in: folder)
                try await wait(in: folder, for: "kept the old network")
                #expect(folder.text("ferryd.log")?.contains("has no node SG1") == true)
                try read(Networks.figure10.replacingOccurrences(of: "nodes:", with: "nodes: ["), daemon, in: folder)
                try await wait(in: folder, for: "kept the old network", times: 2)
                #expect(try await has("spd", in: folder) == after.policies)
                #expect(try await has("paths", in: folder) == after.paths)

                try read(Networks.figure10, daemon, in: folder)
                try await wait(in: folder, for: "network.yaml anew", times: 2)
                #expect(try await has("spd", in: folder) == before.policies)
                #expect(try await has("paths", in: folder) == before.paths)
            }
        }
    }
}
