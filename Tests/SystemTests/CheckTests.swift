import Credentials
import ForwardingPath
import Foundation
import Testing

extension SystemTests {
    @Suite("ferryd --check")
    struct Check {
        /// Checks SG1's files, with certificates made so many days ago; `change` spoils something.
        private func check(
            age days: Double = 0, _ change: (TemporaryFolder, inout String) throws -> Void = { _, _ in }
        ) async throws -> Run {
            try await TemporaryFolder.with { folder in
                let network = Network(nodes: ["SG1", "SG2"].map { Node(name: $0, role: .securityGateway) })
                for name in ["pki", "other"] {
                    let made = Date() - days * 86_400
                    try Pki.write(for: network, named: name, to: folder.path(name), now: made)
                }
                _ = try folder.write(Networks.figure10, to: "network.yaml")
                var configuration = Networks.daemon(in: folder)
                try change(folder, &configuration)
                let file = try folder.write(configuration, to: "ferryd.yaml")
                return try await Run(try BuiltProgram.ferryd.path, ["--config", file, "--check"], in: folder)
            }
        }

        @Test("good files are good")
        func good() async throws {
            let run = try await check()
            #expect(run.status == 0 && run.output.contains("the files are good") && run.errors.isEmpty)
        }

        @Test("a certificate that expires within 30 days is good, with a warning")
        func soon() async throws {
            let run = try await check(age: 340)
            #expect(run.status == 0 && run.output.contains("the files are good"))
            #expect(run.errors.contains("warning") && run.errors.contains("SG1.pem"), "\(run.errors)")
        }

        @Test(
            "secrets are for mobile nodes of the network, long enough, and nobody else's to read",
            arguments: [
                ("MN: " + String(repeating: "0a", count: 32), 0o600, nil),
                ("# none\nMN: " + String(repeating: "0A", count: 40), 0o400, nil),
                ("MN: " + String(repeating: "0a", count: 32), 0o640, "chmod 600"),
                ("MN: " + String(repeating: "0a", count: 31), 0o600, "secrets.yaml:1: the secret of MN"),
                ("\nMN: xyz", 0o600, "secrets.yaml:2: the secret of MN"), ("MN", 0o600, "secrets.yaml:1"),
                ("SG2: " + String(repeating: "0a", count: 32), 0o600, "a secret of SG2"),
            ] as [(String, Int, String?)])
        func secrets(text: String, mode: Int, problem: String?) async throws {
            let run = try await check { folder, configuration in
                let file = try folder.write(text, to: "secrets.yaml")
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
                configuration += "\nsecrets: secrets.yaml\n"
            }
            #expect((run.status == 0) == (problem == nil), "\(run.errors)")
            if let problem { #expect(run.errors.contains(problem), "\(run.errors)") }
            #expect(!run.errors.contains("0a0a"))
        }

        @Test("a socket's and a journal's place is checked as it is at the start", arguments: [0o755, 0o710, 0o700])
        func places(mode: Int) async throws {
            let run = try await check { folder, configuration in
                let directory = folder.path("sockets")
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
                try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory)
                configuration = configuration.replacingOccurrences(
                    of: "(socket: )[^ ,}]+", with: "$1\(directory)/api.sock", options: .regularExpression)
            }
            #expect(run.status == (mode == 0o700 ? 0 : 2), "\(run.errors)")
            #expect(run.errors.contains("chmod 700") == (mode != 0o700), "\(run.errors)")
            let missing = try await check { folder, configuration in
                configuration = configuration.replacingOccurrences(
                    of: "journal: [^\n]+", with: "journal: \(folder.path("nowhere"))/j.sqlite",
                    options: .regularExpression)
            }
            #expect(missing.status == 2 && missing.errors.contains("the journal"), "\(missing.errors)")
        }

        @Test("a certificate that has expired is wrong")
        func expired() async throws {
            let run = try await check(age: 366)
            #expect(run.status == 2 && run.output.isEmpty)
            #expect(run.errors.contains("SG1.pem") && run.errors.contains("valid from"), "\(run.errors)")
        }

        @Test(
            "files that do not belong together are wrong, and it says which",
            arguments: [
                ("pki/ca.pem", "other/ca.pem", "not signed by"), ("pki/ca.pem", "network.yaml", "not a certificate"),
                ("pki/ca.pem", "pki/SG1.pem", "not that of a certificate authority"),
                ("pki/SG1.key", "pki/SG2.key", "does not belong to the certificate"),
                ("pki/SG1.", "pki/SG2.", "of router SG2, not of router SG1"),
                ("pki/SG1.", "pki/operator.", "of operator operator, not of router SG1"),
                ("pki/SG1.pem", "network.yaml", "not a certificate"),
                ("pki/SG1.key", "pki/SG1.pem", "not a private key"),
            ])
        func mixed(right: String, wrong: String, problem: String) async throws {
            let run = try await check { _, text in text = text.replacingOccurrences(of: right, with: wrong) }
            #expect(run.status == 2 && run.output.isEmpty)
            #expect(run.errors.contains(wrong) && run.errors.contains(problem), "\(run.errors)")
            #expect(run.errors.contains("ferry pki"), "\(run.errors)")
        }
    }
}
