internal import CLinuxXfrm
internal import Foundation
internal import Glibc

/// What the kernel's SAs live as long as.
package enum KernelLife {
    /// Names this run of the kernel and this network namespace; `nil` where the kernel does not tell: then nobody can say what
    /// the absence of an SA means.
    package static var current: String? {
        guard let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8) else {
            return nil
        }
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var (cookie, size) = (UInt64(0), socklen_t(MemoryLayout<UInt64>.size))
        guard getsockopt(descriptor, SOL_SOCKET, Self.networkCookie, &cookie, &size) == 0 else { return nil }
        return "\(boot.trimmingCharacters(in: .whitespacesAndNewlines)) \(cookie)"
    }

    /// `SO_NETNS_COOKIE`: no other namespace of this run of the kernel has the same, also when this one is gone.
    private static let networkCookie: Int32 = 71
}
