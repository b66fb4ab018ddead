import Glibc
import NIOCore

extension ByteBuffer {
    /// Overwrites what can be read with zeros, wherever else the storage is referred to: it may hold keys, and nobody
    /// needs it any more.
    func overwrite() {
        withUnsafeReadableBytes { octets in
            guard let start = octets.baseAddress else { return }
            explicit_bzero(UnsafeMutableRawPointer(mutating: start), octets.count)
        }
    }
}
