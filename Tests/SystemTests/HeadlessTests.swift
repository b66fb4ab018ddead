import Foundation
import Testing

extension SystemTests {
    @Suite("A demo that plays by itself")
    struct Headless {
        private func demo(_ arguments: String..., in folder: TemporaryFolder) async throws -> Run {
            try await Run(try BuiltProgram.ferry.path, ["demo", "--headless"] + arguments, in: folder)
        }

        @Test("its report has every key of the contract, and says that nothing was lost")
        func report() async throws {
            try await TemporaryFolder.with { folder in
                let run = try await demo("--format", "json", in: folder)
                #expect(run.status == 0, "\(run.errors)")
                let report = try JSONReport(run.output)
                #expect(report["scenario"] == "figure-10" && report["outcome"] == "completed")
                for key in ["name", "type", "action", "outcome", "moves.from", "moves.to", "spi.before", "spi.after"] {
                    #expect(report["associations." + key] != nil, "\(key)")
                }
                #expect(report["associations.moves.from"] == "SG1" && report["associations.moves.to"] == "SG2")
                #expect(report["associations.spi.before"] == report["associations.spi.after"])
                for key in ["from", "to", "sent", "received"] { #expect(report["traffic." + key] != nil, "\(key)") }
                #expect(report["traffic.sent"] == report["traffic.received"])
                #expect(report["traffic.lost"] == "0" && report["traffic.duplicated"] == "0")
                #expect(report["replay.offered"] != "0" && report["replay.accepted"] == "0")
                #expect(report["pause.count"] == "1")
                for key in ["p50", "p99", "max"] { #expect(report["pause.\(key)Milliseconds"] != nil, "\(key)") }
                #expect(report["phases.name"] != nil && report["phases.milliseconds"] != nil)
                for key in ["messages", "bytes", "mobileNodeMessages"] { #expect(report["signalling." + key] != nil) }
                for key in ["static", "dynamic"] {
                    #expect(report["signalling.\(key)BytesPerAssociation"] != nil, "\(key)")
                }
            }
        }

        @Test("two moves go there and back")
        func thereAndBack() async throws {
            try await TemporaryFolder.with { folder in
                let run = try await demo("--format", "json", "--moves", "2", in: folder)
                #expect(run.status == 0, "\(run.errors)")
                let report = try JSONReport(run.output)
                #expect(report["pause.count"] == "2" && report["traffic.lost"] == "0")
                #expect(report["associations.at"] == "SG1")
            }
        }

        @Test("a scenario that says by itself what moves takes no number of moves")
        func timeline() async throws {
            try await TemporaryFolder.with { folder in
                let run = try await demo("late", "--moves", "2", in: folder)
                #expect(run.status == 2 && run.output.isEmpty)
                #expect(run.errors.contains("late has a timeline"), "\(run.errors)")
            }
        }

        @Test("it exits 1 when it did not end as the scenario expects, and says how")
        func wrongExpectation() async throws {
            try await TemporaryFolder.with { folder in
                let good = try folder.write(Networks.scenario(endsAt: "SG2"), to: "good.yaml")
                let bad = try folder.write(Networks.scenario(endsAt: "SG1"), to: "bad.yaml")
                let fine = try await demo(good, in: folder)
                #expect(fine.status == 0, "\(fine.errors)")
                let run = try await demo(bad, in: folder)
                #expect(run.status == 1 && run.errors.contains("SG1") && run.errors.contains("SG2"), "\(run.errors)")
            }
        }

        @Test("each single expectation that does not hold has its own sentence, and the status is 1")
        func wrongExpectations() async throws {
            try await TemporaryFolder.with { folder in
                let text = Networks.wrongScenario(
                    expecting: """
                          lost: [1, 2]
                          duplicated: [1, 2]
                          replay-offered: 100000
                          replay-accepted: [1, 2]
                          pause: 0ms
                          messages: 1
                          mobile-node-messages: 1
                          requests: 1
                          refusals: 1
                          moves: {completed: 2, refused: 2}
                          counts: {SG2: 2}
                        """)
                let run = try await demo(try folder.write(text, to: "wrong.yaml"), in: folder)
                #expect(run.status == 1)
                let sentences = run.errors.split(separator: "\n")
                for piece in [
                    "the outcome is completed, not refused", " lost", " accepted twice", " were replayed",
                    "replayed packets were accepted", "the pause was", "messages were sent", "mobile nodes",
                    "requests were granted", "requests were refused", "moves were completed", "moves ended otherwise",
                    "SAs are at SG2", "has another type", "the action for up", "up is moved, not refused",
                    "up is at", "the SPI of up", "up has aes-gcm", "the gateway of up", "the path MTU of up",
                ] {
                    #expect(sentences.contains { $0.contains(piece) }, "\(piece)\n\(run.errors)")
                }
            }
        }

        @Test("interrupted or terminated it says so, and leaves nothing behind", arguments: [SIGINT, SIGTERM])
        func ended(_ signal: Int32) async throws {
            try await TemporaryFolder.with { folder in
                let (home, errors) = (folder.path("tmp"), folder.path("errors"))
                try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
                let command = ["TMPDIR=\(home)", try BuiltProgram.ferry.path, "demo", "--headless", "--moves", "10000"]
                let child = try Child("/usr/bin/env", command, errors: errors)
                let left = { try FileManager.default.contentsOfDirectory(atPath: home) }
                let begun = try await Patience.wait { try left().contains { $0.hasPrefix("ferry-") } ? true : nil }
                #expect(begun == true)
                kill(child.process, signal)
                #expect(await child.end() == 128 + signal)
                #expect(folder.text("errors")?.hasPrefix("ferry: ended by ") == true)
                #expect(try left() == [])
            }
        }

        /// A mistake in a file: what is written instead of what, and where it is told.
        struct Mistake: CustomTestStringConvertible {
            let right, wrong: String
            let line: Int

            var testDescription: String { wrong }
        }

        @Test(
            "a file that cannot be played is refused with its name, the line and what is wrong",
            arguments: [
                Mistake(right: "to: SG1", wrong: "to: SG9", line: 15),
                Mistake(right: "nodes:", wrong: "nodes: [", line: 4),
                Mistake(right: "spi: 0x1001", wrong: "spi: 7", line: 15),
                Mistake(right: "paths:", wrong: "pathes:", line: 10),
            ])
        func malformed(_ mistake: Mistake) async throws {
            try await TemporaryFolder.with { folder in
                let text = Networks.figure10.replacingOccurrences(of: mistake.right, with: mistake.wrong)
                let run = try await demo(try folder.write(text, to: "network.yaml"), in: folder)
                #expect(run.status == 2 && run.output.isEmpty)
                #expect(run.errors.contains("network.yaml:\(mistake.line): "), "\(run.errors)")
            }
        }

        @Test("a file whose associations do not fit its nodes is refused with the association and the node")
        func unplayable() async throws {
            try await TemporaryFolder.with { folder in
                let text = Networks.figure10.replacingOccurrences(of: "[127.10.0.3]", with: "[127.10.0.3], capacity: 0")
                let run = try await demo(try folder.write(text, to: "network.yaml"), in: folder)
                #expect(run.status == 2 && run.output.isEmpty)
                let sentence = "network.yaml cannot be played: the association \"up\" cannot be in force at SG1"
                #expect(run.errors.contains(sentence), "\(run.errors)")
            }
        }

        @Test("a capture that cannot be written to its end is told, with status 1, after the report")
        func fullDisk() async throws {
            try await TemporaryFolder.with { folder in
                let script = "trap '' XFSZ; ulimit -f 512; exec \"$@\""
                let command = [try BuiltProgram.ferry.path, "demo", "--headless"]
                let pcap = folder.path("demo.pcap")
                let run = try await Run("/bin/sh", ["-c", script, "sh"] + command + ["--pcap", pcap], in: folder)
                #expect(run.status == 1 && run.output.contains("completed"))
                let sentence = "ferry: the capture \(pcap) ends early: write: File too large\n"
                #expect(run.errors.hasSuffix(sentence), "\(run.errors)")
            }
        }

        @Test("keys that Wireshark's table cannot express are told once, and nothing else is wrong")
        func keyTable() async throws {
            try await TemporaryFolder.with { folder in
                let keys = folder.path("esp_sa")
                let run = try await demo("--algorithm", "chacha20-poly1305", "--esp-keys", keys, in: folder)
                #expect(run.status == 0)
                #expect(
                    run.errors
                        == "ferry: \(keys) has no keys of chacha20-poly1305: Wireshark's table cannot express them\n")
                #expect(folder.text("esp_sa") == "")
            }
        }

        @Test(
            "a mistyped scenario's name is answered with where the names are, a path that cannot be written with a sentence"
        )
        func mistyped() async throws {
            try await TemporaryFolder.with { folder in
                let unknown = try await demo("figure-55", in: folder)
                #expect(unknown.status == 2 && unknown.errors.contains("ferry demo --list"), "\(unknown.errors)")
                let path = folder.path("nowhere/x.pcap")
                let nowhere = try await demo("--cxtp-pcap", path, in: folder)
                #expect(nowhere.status == 2 && !nowhere.errors.contains("system("), "\(nowhere.errors)")
            }
        }

        @Test(
            "a scenario that is not there, and options that make no sense, are refused",
            arguments: [
                ["figure-0"], ["--moves", "0"], ["--rate", "-1"], ["--algorithm", "rot13"],
            ])
        func unknown(arguments: [String]) async throws {
            try await TemporaryFolder.with { folder in
                let run = try await Run(try BuiltProgram.ferry.path, ["demo", "--headless"] + arguments, in: folder)
                #expect([2, 64].contains(run.status) && !run.errors.isEmpty && run.output.isEmpty, "\(run.errors)")
            }
        }
    }
}
