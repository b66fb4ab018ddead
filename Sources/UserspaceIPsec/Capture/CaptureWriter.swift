internal import Glibc
package import IPsec
internal import Synchronization

/// A capture file that Wireshark opens, written as packets pass; its mode is 0600.
package final class CaptureWriter: Sendable {
    private let file: Mutex<PrivateFile>

    /// A new capture at `path`.
    package init(path: String) throws(StackError) {
        let file = try PrivateFile(path)
        try file.write(CaptureFormat.fileHeader)
        self.file = Mutex(file)
    }

    /// Adds a packet, a whole IP packet, with the time now. May be called from any thread.
    package func write(_ packet: [UInt8]) throws(StackError) {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let record = CaptureFormat.record(
            packet, seconds: UInt32(truncatingIfNeeded: now.tv_sec), microseconds: UInt32(now.tv_nsec / 1000))
        try file.withLock { file throws(StackError) in try file.write(record) }
    }
}
