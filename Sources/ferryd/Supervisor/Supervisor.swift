import Dispatch
import Glibc

/// Who started this process and waits for its news: systemd, for a unit of type `notify`.
package final class Supervisor: Sendable {
    /// How often it wants to hear ``SupervisorNews/watchdog`` at the least; `nil`: never.
    package let watchdog: Duration?
    private let address: SupervisorAddress
    private let descriptor: Int32

    /// What the environment says of a supervisor.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        case address(String)
        case socket(Int32)

        package var description: String {
            switch self {
            case .address(let text): "NOTIFY_SOCKET has no address that this process knows: \(text)"
            case .socket(let code): "no socket for the supervisor: \(String(cString: strerror(code)))"
            }
        }
    }

    /// `nil` where nobody waits.
    ///
    /// - Parameter environment: this process's, with `NOTIFY_SOCKET`, `WATCHDOG_USEC` and `WATCHDOG_PID` (sd_notify(3),
    ///   sd_watchdog_enabled(3)).
    package init?(_ environment: [String: String]) throws(Failure) {
        guard let text = environment["NOTIFY_SOCKET"] else { return nil }
        guard let address = SupervisorAddress(text) else { throw .address(text) }
        self.address = address
        let isForUs = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        let limit = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 && isForUs ? $0 : nil }
        watchdog = limit.map { .microseconds($0) }
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .socket(errno) }
    }

    deinit { close(descriptor) }

    /// Tells it something; whether that was taken.
    @discardableResult
    package func tell(_ news: SupervisorNews) -> Bool {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: address.octets) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 2) + socklen_t(address.octets.count)
        let text = Array(news.text.utf8)
        let sent = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        return sent == text.count
    }

    /// The monotonic clock's time in microseconds.
    package static var microseconds: UInt64 { DispatchTime.now().uptimeNanoseconds / 1_000 }
}
