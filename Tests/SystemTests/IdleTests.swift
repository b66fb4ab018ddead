import Foundation
import Testing

extension SystemTests {
    @Suite("An idle console", .inTmux)
    struct Idle {
        /// A router of figure 10 without SAs, and a console on its socket.
        ///
        /// Only the console's own processor time is counted, which other processes do not add to; and nothing happens
        /// at the daemon that would have to be drawn.
        @Test("on a real daemon where nothing happens it uses no processor time: at most one tick in two seconds")
        func quiet() async throws {
            try await LoneDaemon.running { folder, _ in try await watch(folder.path("api.sock")) }
        }

        private func watch(_ socket: String) async throws {
            try await Tmux.running("--gateway", socket) { tmux in
                try await tmux.see("no gateway has an SA", "read-only")
                let console = try await tmux.process
                // Drawing what came at first may fall into the first two seconds.
                let quiet: Int? = try await Patience.wait {
                    let before = try ticks(console)
                    try await Task.sleep(for: .seconds(2))
                    let used = try ticks(console) - before
                    return used <= 1 ? used : nil
                }
                #expect(quiet != nil)
                try await tmux.press("q")
                try await tmux.expectRestored(status: 0)
            }
        }

        /// Processor time that a process has used, in hundredths of a second: `utime` and `stime` of proc(5).
        private func ticks(_ process: Int32) throws -> Int {
            let stat = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
            return (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
        }
    }
}
