import Foundation
import Testing

extension SystemTests {
    @Suite("What others see of a process with keys")
    struct Secrecy {
        /// Some user who is not root.
        private static let uid = 65_534

        /// A program as that user.
        private static func asUser(_ program: String, _ arguments: [String]) -> [String] {
            ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", program] + arguments
        }

        @Test("it may leave no core, and its memory is locked or the reason is in the log")
        func limits() async throws {
            try await LoneDaemon.running { folder, daemon in
                let isUp: Bool? = try await Patience.wait {
                    folder.text("ferryd.log")?.contains("Router daemon runs") == true ? true : nil
                }
                try #require(isUp == true)
                let limits = try String(contentsOfFile: "/proc/\(daemon.process)/limits", encoding: .utf8)
                let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
                #expect(core?.split(separator: " ").map(String.init).dropFirst(4).prefix(2) == ["0", "0"])
                let status = try String(contentsOfFile: "/proc/\(daemon.process)/status", encoding: .utf8)
                let locked = status.split(separator: "\n").first { $0.hasPrefix("VmLck:") }
                    .flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Int($0) }
                let isTold = folder.text("ferryd.log")?.contains("may be written to a swap device") == true
                #expect((locked ?? 0 > 1_000) != isTold, "\(locked ?? -1) KiB")
            }
        }

        @Test("a fault ends it at once, and shows nothing of its memory", arguments: [SIGSEGV, SIGTRAP, SIGABRT])
        func fault(signal: Int32) async throws {
            try await LoneDaemon.running(endingWith: 128 + signal) { folder, daemon in
                let isUp: Bool? = try await Patience.wait {
                    folder.text("ferryd.log")?.contains("Router daemon runs") == true ? true : nil
                }
                try #require(isUp == true)
                kill(daemon.process, signal)
                let isOver: Bool? = try await Patience.wait {
                    let status = try? String(contentsOfFile: "/proc/\(daemon.process)/status", encoding: .utf8)
                    return status?.contains("State:\tZ") == true ? true : nil
                }
                #expect(isOver == true)
                #expect(folder.text("ferryd.log")?.contains("Signal") == false)
            }
        }

        @Test(
            "its memory is not its own user's to read",
            .enabled(if: geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")))
        func memory() async throws {
            try await LoneDaemon.running(as: Self.uid) { folder, daemon in
                let isUp: Bool? = try await Patience.wait {
                    folder.text("ferryd.log")?.contains("Router daemon runs") == true ? true : nil
                }
                try #require(isUp == true, "\(folder.text("ferryd.log") ?? "")")
                // What another process of that user shows.
                let other = try Child("/usr/bin/setpriv", Self.asUser("/bin/sleep", ["60"]))
                let isOther: Bool? = try await Patience.wait {
                    (try? String(contentsOfFile: "/proc/\(other.process)/comm", encoding: .utf8)) == "sleep\n"
                        ? true : nil
                }
                #expect(isOther == true)
                for (process, isOpen) in [(other.process, true), (daemon.process, false)] {
                    let run = try await Run(
                        "/usr/bin/setpriv", Self.asUser("/bin/head", ["-c", "1", "/proc/\(process)/environ"]),
                        in: folder)
                    #expect((run.status == 0) == isOpen, "\(run.errors)")
                    // Address 0 is nobody's: who may open the file is told of a failure to read it.
                    let memory = try await Run(
                        "/usr/bin/setpriv", Self.asUser("/bin/head", ["-c", "1", "/proc/\(process)/mem"]), in: folder)
                    #expect(memory.errors.contains("Permission denied") != isOpen, "\(memory.errors)")
                }
                kill(other.process, SIGTERM)
                _ = await other.end()
            }
        }
    }
}
