import FakeSupervisor
import Foundation
import Testing

extension SystemTests {
    @Suite("ferryd under a supervisor")
    struct Supervision {
        /// The next news other than that it is alive.
        private func news(_ ear: NewsEar) async throws -> String? {
            try await Patience.wait {
                while let text = ear.next { if text != "WATCHDOG=1\n" { return text } }
                return nil
            }
        }

        @Test("it tells when it listens, that it is alive, that it reloads and when that is over, and that it ends")
        func story() async throws {
            try await LoneDaemon.running(notifying: "notify", "WATCHDOG_USEC=100000") { folder, daemon, ear in
                #expect(try await news(ear) == "READY=1\n")
                #expect(FileManager.default.fileExists(atPath: folder.path("api.sock")))
                let alive: Bool? = try await Patience.wait { ear.next == "WATCHDOG=1\n" ? true : nil }
                #expect(alive == true)
                kill(daemon.process, SIGHUP)
                #expect(try await news(ear)?.hasPrefix("RELOADING=1\nMONOTONIC_USEC=") == true)
                #expect(try await news(ear) == "READY=1\n")
                kill(daemon.process, SIGTERM)
                #expect(try await news(ear) == "STOPPING=1\n")
            }
        }

        @Test(
            "systemd takes the unit as it is",
            .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")))
        func unit() async throws {
            try await TemporaryFolder.with { folder in
                let program = try BuiltProgram.ferryd.path
                let unit = try await Run(program, ["--unit"], in: folder)
                #expect(unit.status == 0 && unit.output.contains("ExecStart=\(program) --config"))
                let file = try folder.write(unit.output, to: "ferryd.service")
                let verified = try await Run("/usr/bin/systemd-analyze", ["verify", "--man=no", file], in: folder)
                let said = (verified.output + verified.errors).split(separator: "\n").filter { $0.contains("ferryd") }
                #expect(said.isEmpty, "\(said)")
                let spoiled = try folder.write(unit.output + "NoSuchSetting=yes\n", to: "ferryd.service")
                let refused = try await Run("/usr/bin/systemd-analyze", ["verify", "--man=no", spoiled], in: folder)
                #expect((refused.output + refused.errors).contains("NoSuchSetting"))
            }
        }
    }
}
