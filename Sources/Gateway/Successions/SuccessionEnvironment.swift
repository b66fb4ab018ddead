import ContextTransfer
import GatewayAPI

/// What follows an IKE daemon's doings needs beside the stack and the moves.
struct SuccessionEnvironment: Sendable {
    /// `nil` where there is none beside this daemon.
    var ike: IKEDaemon?
    /// Sends to another node, without waiting; may lose it.
    var send: @Sendable (RenewalMessage) -> Void
    /// Tells the operator.
    var report: @Sendable (Told) -> Void

    /// What the operator is told.
    struct Told: Sendable {
        var kind: EventKind
        var action: String
        var associations: [String]
        var text: String
    }
}
