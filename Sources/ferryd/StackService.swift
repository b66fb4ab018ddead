import IPsec
import LinuxIPsec
import ServiceLifecycle
import UserspaceIPsec

/// The stack that the daemon runs on.
enum DaemonStack: Service, CustomStringConvertible {
    case userspace(UserspaceStack)
    case linux(KernelStack)

    /// As the log calls it.
    var description: String {
        switch self {
        case .userspace: "userspace stack"
        case .linux: "kernel stack"
        }
    }

    /// What the daemon moves SAs from and to.
    var stack: any IPsecStack {
        switch self {
        case .userspace(let stack): stack
        case .linux(let kernel): kernel.stack
        }
    }

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            switch self {
            case .userspace(let stack): try await stack.run()
            case .linux(let kernel): try await kernel.run()
            }
        }
    }

    /// Takes what the network file says anew. The kernel's own policies are the operator's, and stay as they are.
    func take(_ part: NetworkPart) throws {
        guard case .userspace(let stack) = self else { return }
        try stack.setStaticPolicies(part.policies)
        stack.setPeers(part.peers)
    }
}
