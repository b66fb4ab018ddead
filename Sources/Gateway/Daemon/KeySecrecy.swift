import CProcess
import Glibc

/// What a process with keys asks of the system for their sake.
package enum KeySecrecy {
    /// No core dump, neither in a file nor piped to a handler, and no tracing by others than root: either would show
    /// keys. And what libraries free without overwriting it is overwritten: records that TLS decrypted, which they are.
    ///
    /// Blocks of 1 KB and less are not: the allocator keeps some of them for their thread, as they are. Throws where
    /// the system refuses.
    package static func begin() throws(SystemRefusal) {
        guard ferry_overwrite_freed_memory() == 1 else { throw SystemRefusal(errno: ENOTSUP) }
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // A handler that cores are piped to gets them whatever the limit says: hence the second.
        guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0, ferry_forbid_dumps() == 0 else {
            throw SystemRefusal(errno: errno)
        }
    }

    /// A fault ends the process at once, and shows nothing of its memory.
    package static func endOnFaults() { ferry_end_on_faults() }

    /// Has the allocator keep what is freed and overwritten for the next time, up to 256 MiB: thousands of SAs come and go
    /// at once. Whether it does.
    @discardableResult
    package static func keepMemory() -> Bool { ferry_keep_freed_memory() == 1 }

    /// Keeps all memory from swap devices, where the limits allow it.
    ///
    /// - Returns: why it is not kept from them; `nil` where it is.
    package static func lockMemory() -> String? {
        let resource = __rlimit_resource_t(__RLIMIT_MEMLOCK.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return words(errno) }
        // Within a limit a later allocation would fail: then nothing is locked.
        guard limit.rlim_max == rlim_t.max else {
            return "the limit of locked memory is \(limit.rlim_max >> 10) KiB, and would have to be none"
        }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(resource, &limit) == 0, ferry_lock_memory() == 0 else { return words(errno) }
        return nil
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// The system did not grant it.
    package struct SystemRefusal: Error, CustomStringConvertible {
        let errno: Int32

        package var description: String {
            "the system does not let this process hide its keys (no core dumps, freed memory overwritten): "
                + KeySecrecy.words(errno)
        }
    }
}
