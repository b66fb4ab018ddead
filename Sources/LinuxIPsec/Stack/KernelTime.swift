internal import Glibc

/// A time of the clock that the kernel stamps packets with, in nanoseconds since 1970.
package struct KernelTime: Hashable, Comparable, Sendable {
    package var nanoseconds: UInt64

    package init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// The time now.
    package static var now: KernelTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return KernelTime(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    /// The whole seconds.
    package var seconds: UInt64 { nanoseconds / 1_000_000_000 }

    package func earlier(milliseconds count: UInt64) -> KernelTime {
        KernelTime(nanoseconds: nanoseconds - min(nanoseconds, count * 1_000_000))
    }

    package func later(milliseconds count: UInt64) -> KernelTime {
        KernelTime(nanoseconds: nanoseconds + count * 1_000_000)
    }

    package static func < (left: KernelTime, right: KernelTime) -> Bool { left.nanoseconds < right.nanoseconds }
}
