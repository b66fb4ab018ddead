internal import Foundation

/// What the kernel's SAs live as long as.
package enum KernelLife {
    /// Names this run of the kernel and this network namespace; `nil` where the kernel does not tell.
    package static var current: String? {
        guard let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8),
            let network = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        else { return nil }
        return "\(boot.trimmingCharacters(in: .whitespacesAndNewlines)) \(network)"
    }
}
