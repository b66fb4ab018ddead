import CLinuxXfrm
import Foundation
import LinuxIPsec

/// A network namespace that the lab made: a node of its own on this machine.
enum Namespace {
    /// Runs it in a thread of its own whose sockets are in that namespace.
    static func detach(_ name: String, _ body: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            enter(name)
            body()
        }
    }

    /// What it gives in a thread of its own whose sockets are in that namespace.
    static func within<Value: Sendable>(
        _ name: String, _ body: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            detach(name) { continuation.resume(with: Result { try body() }) }
        }
    }

    /// Puts the calling thread in it.
    private static func enter(_ name: String) {
        let descriptor = open("/run/netns/\(name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0, ferry_enter_network(descriptor) == 0 else {
            fatalError("there is no network namespace \(name)")
        }
        close(descriptor)
    }
}
