import Foundation
import Glibc
import IPsec
import LinuxIPsec

/// A gateway's `ferryd`, and what of it the lab sees without asking it.
struct Daemon {
    let node: String

    /// From where the other user comes.
    private static let other = IPAddress(v4: 10, 0, 0, 12)

    private var folder: String { "/run/\(node)" }
    private var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Ends it as a crash would, or as it is asked to.
    func end(by signal: Int32 = SIGKILL) throws {
        let text = try String(contentsOfFile: "\(folder)/ferryd.pid", encoding: .utf8)
        guard let number = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)), number > 1 else { return }
        Glibc.kill(number, signal)
        // It is a child of the script's shell: what is left of it is not waited for.
        while (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8))?.contains(") Z") == false {
            usleep(1_000)
        }
    }

    /// Starts it again, with a log that tells phases, and waits until it answers.
    func start() throws {
        try? FileManager.default.removeItem(atPath: "\(folder)/api.sock")
        // It keeps nothing open of who waits for this shell.
        let script = """
            for file in /proc/self/fd/*; do [ ${file##*/} -gt 2 ] && eval "exec ${file##*/}>&-"; done
            ip netns exec \(node) "$BIN/ferryd" --config "$LAB/\(node).yaml" --log-level debug \
                </dev/null >>\(folder)/ferryd.log 2>&1 & echo $! >\(folder)/ferryd.pid
            """
        _ = try Tool.run("bash", ["-c", script])
        for _ in 0..<600 where !FileManager.default.fileExists(atPath: "\(folder)/api.sock") { usleep(50_000) }
    }

    /// How much it has logged.
    var logLength: UInt64 {
        (try? FileManager.default.attributesOfItem(atPath: "\(folder)/ferryd.log")[.size] as? UInt64) ?? 0
    }

    /// Waits until it logs a line with all of these; `false` where it does not within that time.
    func logs(_ words: [String], from start: UInt64, within seconds: Double) -> Bool {
        let end = Date() + seconds
        while Date() < end {
            if log(from: start).contains(where: { line in words.allSatisfy { line.contains($0) } }) { return true }
            usleep(1_000)
        }
        return false
    }

    /// The lines that it logged since.
    func log(from start: UInt64) -> [Substring] {
        guard let file = FileHandle(forReadingAtPath: "\(folder)/ferryd.log") else { return [] }
        defer { try? file.close() }
        try? file.seek(toOffset: start)
        return String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self).split(separator: "\n")
    }

    /// What the kernel has in force there of MN's, or of the other user at the same gateway.
    func inForce(of user: String = "MN") async throws -> Set<SAIdentifier> {
        try await Namespace.within(node) {
            let states = try XfrmDatabase().states()
            return Set(
                states.compactMap { state in
                    let isOther = [state.source, state.destination].contains(Self.other)
                    guard state.mark == nil, isOther == (user != "MN"), let spi = SPI(state.spi),
                        let securityProtocol = SecurityProtocol(rawValue: state.securityProtocol)
                    else { return nil }
                    return SAIdentifier(
                        spi: spi, destination: state.destination, securityProtocol: securityProtocol)
                })
        }
    }
}
