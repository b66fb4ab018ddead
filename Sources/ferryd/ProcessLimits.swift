import Glibc

/// What the process asks of the system for the sake of its keys.
enum ProcessLimits {
    /// No core dump: it would hold keys.
    static func keepKeysOutOfCores() {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
