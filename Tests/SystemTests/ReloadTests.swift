import Credentials
import ForwardingPath
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

        @Test("certificates of another authority hold from then on; those that it could not start with change nothing")
        func certificates() async throws {
            try await running { folder, daemon in
                let network = Network(nodes: ["SG1", "SG2"].map { Node(name: $0, role: .securityGateway) })
                let own = folder.path("pki")
                for file in ["SG1.pem", "SG1.key", "ca.pem"] {
                    try FileManager.default.moveItem(atPath: "\(own)/\(file)", toPath: "\(own)/old-\(file)")
                }
                try Pki.write(for: network, named: "new", to: folder.path("new"), now: Date() - 340 * 86_400)
                func put(_ file: String, from old: String) throws {
                    let text = try String(contentsOfFile: folder.path(old), encoding: .utf8)
                    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(own)/\(file)"))
                }
                for file in ["SG1.pem", "ca.pem"] { try put(file, from: "new/\(file)") }
                kill(daemon.process, SIGHUP)
                try await wait(in: folder, for: "kept the old certificate: \(own)/SG1.key cannot be read")
                try put("SG1.key", from: "new/SG2.key")
                kill(daemon.process, SIGHUP)
                try await wait(in: folder, for: "does not belong to the certificate")
                try put("SG1.key", from: "new/SG1.key")
                kill(daemon.process, SIGHUP)
                try await wait(in: folder, for: "new connections have the certificate of")
                try await wait(in: folder, for: "The certificate expires soon")
                // The same once more is nothing new.
                kill(daemon.process, SIGHUP)
                try await wait(in: folder, for: "network.yaml anew", times: 4)
                let log = folder.text("ferryd.log") ?? ""
                #expect(log.components(separatedBy: "new connections have").count == 2)
                #expect(try await has("paths", in: folder).contains("SG2"))
            }
        }
    }
}
