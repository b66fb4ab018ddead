import ConfigurationFiles
import ContextTransfer
import ForwardingPath
import Gateway
import GatewayAPI

/// Has mobile nodes and new routers ask for moves, in the right way and in wrong ones.
actor DemoRequests {
    private let network: DemoNetwork
    /// The last request of each mobile node, for a replay.
    private var last: [NodeName: ActivateRequest] = [:]

    /// CT_REQUEST_RETRY and CT_RETRY_MAX (RFC 4067 section 4).
    private static let (retry, longest) = (Duration.seconds(2), Duration.seconds(15))
    /// How long something that is to be refused may take.
    private static let refusal = Duration.milliseconds(500)

    init(_ network: DemoNetwork) { self.network = network }

    /// A mobile node asks a router for its contexts.
    func activate(_ mobile: NodeName, via router: NodeName, _ tampering: TokenTampering?) async throws {
        guard let daemon = network.daemons[mobile] else { return }
        switch tampering {
        case nil:
            var wait = Self.retry
            while wait <= Self.longest {
                // A number is never used twice, also where a request was lost.
                let request = try await daemon.makeActivation()
                last[mobile] = request
                if await daemon.activate(request, at: router, within: wait) != nil { return }
                wait *= 2
            }
        case .forged:
            var request = try await daemon.makeActivation()
            request.token ^= 1
            _ = await daemon.activate(request, at: router, within: Self.refusal)
        case .replayed:
            guard let request = last[mobile] else { return }
            _ = await daemon.activate(request, at: router, within: Self.refusal)
        }
    }

    /// A previous router has a new one set up the new path.
    func seek(_ plane: Plane, of router: NodeName, via previous: NodeName) async throws {
        let caller = Caller(name: "demo", role: .operator)
        _ = try await network.daemons[previous]?.seekPath(PathWish(plane: plane, router: router), by: caller)
    }

    /// A new router asks for a mobile node's contexts.
    func request(_ mobile: NodeName, by router: NodeName) async throws {
        try await network.daemons[router]?.requestContexts(of: mobile, by: "demo")
    }
}
