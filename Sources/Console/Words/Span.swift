import GatewayAPI

/// A length of time as people read it.
enum Span {
    /// From a clock to a later one; nothing when it is not later.
    static func milliseconds(from start: ClockTime, to end: ClockTime) -> UInt64 {
        end > start ? end.milliseconds - start.milliseconds : 0
    }

    /// To be read in passing: `12 s`, `4 m`, `3 h`, `2 d`.
    static func coarse(seconds: UInt64) -> String {
        switch seconds {
        case ..<100: "\(seconds) s"
        case ..<6000: "\(seconds / 60) m"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) d"
        }
    }

    /// Of a phase: `4 ms`, `3.2 s`, `2 m 05 s`.
    static func fine(milliseconds: UInt64) -> String {
        switch milliseconds {
        case ..<1000: return "\(milliseconds) ms"
        case ..<60_000: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
        default:
            let seconds = milliseconds / 1000
            return "\(seconds / 60) m \(seconds % 60 < 10 ? "0" : "")\(seconds % 60) s"
        }
    }

    /// What a pause was shorter than: `851 µs`, `4.4 ms`, `1.3 s`; `us` where there is only ASCII.
    ///
    /// It is measured by the one that leads the move, from asking for quiesce to learning of installed: longer than the
    /// pause itself, so it is rounded up.
    static func pauseBound(_ duration: Duration, ascii: Bool) -> String {
        let (seconds, attoseconds) = duration.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        switch microseconds {
        case ..<999: return "\(microseconds + 1) \(ascii ? "us" : "µs")"
        case ..<999_900:
            let tenths = microseconds / 100 + 1
            return "\(tenths / 10).\(tenths % 10) ms"
        default: return fine(milliseconds: UInt64(microseconds / 1000 + 100))
        }
    }
}
