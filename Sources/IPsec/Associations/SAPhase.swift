/// Where an SA stands at one gateway.
package enum SAPhase: UInt8, Hashable, Sendable, CaseIterable {
    /// It processes packets.
    case inForce = 1
    /// Its soft lifetime is reached: it works, and renegotiation was asked for.
    case dying = 2
    /// Out of service for a move: no packet is processed, arriving ones are forwarded.
    case quiesced = 3
    /// Ended: by its hard lifetime, by hand, or by a move that failed.
    case ended = 4

    /// `in force`, `dying`, `quiesced` or `ended`.
    package var name: String {
        switch self {
        case .inForce: "in force"
        case .dying: "dying"
        case .quiesced: "quiesced"
        case .ended: "ended"
        }
    }
}
