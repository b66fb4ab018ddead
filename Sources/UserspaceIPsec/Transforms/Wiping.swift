internal import Glibc

/// Overwriting of buffers that held a key.
enum Wiping {
    /// Zeroes `buffer` in a way that the compiler does not take out although nothing reads it afterwards.
    static func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let base = buffer.baseAddress else { return }
        explicit_bzero(base, buffer.count)
    }
}
