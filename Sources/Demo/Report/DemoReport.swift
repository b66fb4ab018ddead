package import ConfigurationFiles
import ContextTransfer
package import ForwardingPath
import GatewayAPI
package import IPsec

/// How a scenario went.
package struct DemoReport: Hashable, Sendable {
    package let scenario: String
    package let outcome: ConfigurationFiles.MoveOutcome
    /// Why it is not completed; empty where it is.
    package let reason: String
    package let associations: [Association]
    package let traffic: [Traffic]
    package let replay: Replay
    package let pause: Pause
    /// Of the first move, in the order that they began.
    package let phases: [Phase]
    package let signalling: Signalling
    /// The gateways that were drained.
    package let drains: [Drain]
    /// Moves that were completed.
    let completed: Int
    /// Moves that ended otherwise.
    let refused: Int
    /// Each time that everything that could move has moved.
    let rounds: [DemoRound]
    /// The policies of the gateways before the first move.
    let policiesBefore: [HeldPolicy]
    /// And now.
    let policies: [HeldPolicy]
    /// SAs that are neither in force nor gone, each a sentence without full stop.
    let leftovers: [String]
    /// Requests for contexts that previous routers granted.
    let requests: Int
    /// Requests of mobile nodes and new routers that were refused.
    let refusals: Int
    /// Sequence numbers that were sent twice under one key.
    let reused: Int

    package struct Association: Hashable, Sendable {
        package let name: String
        package let type: SAType?
        /// Of the last round, as are ``outcome`` and ``moves``.
        package let action: PlannedAction
        package let outcome: AssociationOutcome
        package let moves: [Relocation]
        package let before: String?
        package let after: String?
        /// The gateways that had it first, and of which the demo has a daemon.
        package let origins: [NodeName]
        /// The gateways that have it now.
        package let at: [NodeName]
        /// Its algorithms now; `nil` where no gateway has it.
        package let suite: AlgorithmSuite?
        /// The addresses by which the nodes that have an end of it now know its gateway, each once.
        package let gatewayAddresses: [IPAddress]
        /// The last sequence number at a gateway that has it, sent or received; `nil` where none counts.
        package let lastSent: UInt64?
        /// The path MTU that its sender goes by, in octets; `nil` where its sender is no gateway.
        package let pathMTU: UInt16?
        /// Whether one end of it is in force at several gateways.
        package let isDoubled: Bool
    }

    package struct Traffic: Hashable, Sendable {
        package let from: NodeName
        package let to: NodeName
        package let sent: Int
        package let received: Int
        package let lost: Int
        package let duplicated: Int
    }

    package struct Replay: Hashable, Sendable {
        package let offered: Int
        package let accepted: Int
    }

    /// Of all moves that came to an install.
    package struct Pause: Hashable, Sendable {
        package let pauses: [Duration]

        package init(_ pauses: [Duration]) { self.pauses = pauses.sorted() }

        /// The value that so much of all values is not above: with 100 values the 99th for 0.99.
        package func percentile(_ share: Double) -> Duration {
            guard !pauses.isEmpty else { return .zero }
            let rank = Int((share * Double(pauses.count)).rounded(.up))
            return pauses[min(max(rank, 1), pauses.count) - 1]
        }
    }

    package struct Phase: Hashable, Sendable {
        package let name: String
        package let duration: Duration
    }

    package struct Signalling: Hashable, Sendable {
        package let messages: Int
        package let bytes: Int
        package let mobileNodeMessages: Int
        package let staticBytesPerAssociation: Int
        package let dynamicBytesPerAssociation: Int
        /// What gateways asked each other to make plans, before moves.
        package let planMessages: Int
        package let planBytes: Int
    }
}
