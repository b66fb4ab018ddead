package import ContextTransfer
package import Credentials
package import ForwardingPath
package import IPsec

/// What a router daemon is told at its start, read and checked.
package struct DaemonSettings: Sendable {
    /// The node that the daemon is.
    package var node: NodeName
    package var network: Network
    /// The planes of SAs by name, as far as the network file says; others are on the data plane.
    package var planes: [String: Plane]
    /// What may protect users' traffic, by user.
    package var profiles: [String: UserProfile]
    /// The kind of its stack, for people.
    package var stack: String
    /// Names the life of the stack's SAs: as long as it is the same they outlive the daemon; `nil`: they never do.
    package var stackLife: String?
    /// Who must agree to moves that this node leads, where their applicant does not say.
    package var approval: ApprovalPolicy
    /// What is answered where an SPI is in use here, where an order does not say.
    package var spiConflict: SPIConflictPolicy
    /// Whether every move that is asked for here waits for a key before each phase outside the pause.
    package var stepping: Bool
    package var timing: MoveTiming
    /// What mobile nodes and their previous routers share for authorization tokens, by the other one.
    package var tokenSecrets: [NodeName: KeyMaterial] = [:]
    /// Proves who this is to routers and consoles.
    package var credential: Credential
    /// The certificate that everybody's is checked by, PEM.
    package var authority: String
    /// Where to listen for routers.
    package var cxtp: Endpoint
    /// Where to listen for consoles elsewhere; `nil`: nowhere.
    package var api: Endpoint?
    /// The UNIX socket for consoles on this machine; `nil`: none.
    package var socket: String?
    /// The journal's path; `nil`: in memory, where nothing outlives the daemon.
    package var journal: String?
    /// Where to speak plain TCP with routers in place of TLS; `nil`: nowhere.
    package var trusted: TrustedNetwork?

    package init(
        node: NodeName, network: Network, planes: [String: Plane] = [:],
        profiles: [String: UserProfile] = [:], stack: String = "userspace",
        stackLife: String? = nil, approval: ApprovalPolicy = .source, spiConflict: SPIConflictPolicy = .deny,
        stepping: Bool = false,
        timing: MoveTiming = MoveTiming(),
        credential: Credential, authority: String, cxtp: Endpoint, api: Endpoint? = nil, socket: String? = nil,
        journal: String? = nil
    ) {
        self.node = node
        self.network = network
        self.planes = planes
        self.profiles = profiles
        self.stack = stack
        self.stackLife = stackLife
        self.approval = approval
        self.spiConflict = spiConflict
        self.stepping = stepping
        self.timing = timing
        self.credential = credential
        self.authority = authority
        self.cxtp = cxtp
        self.api = api
        self.socket = socket
        self.journal = journal
    }
}
