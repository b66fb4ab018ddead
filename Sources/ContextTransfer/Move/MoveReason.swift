/// Why a move, or one SA of it, did not go through.
package enum MoveReason: Hashable, Sendable {
    /// The SPI is in use at the new gateway (draft section 7.2).
    case spiInUse
    /// Another policy at the new gateway is for the same packets; which.
    case policyInUse(String)
    /// The new gateway lacks an algorithm, key length, mode or feature (draft section 6.4).
    case unsupported(String)
    /// The new gateway is full.
    case noCapacity
    /// The SA is not at the gateway that was asked for it.
    case noAssociation
    /// The SA changed, was rekeyed, deleted or expired before it was taken out of service.
    case associationChanged
    /// The SA's hard lifetime was reached.
    case expired
    /// An operator, or a policy, said no.
    case notApproved(by: String)
    /// An operator aborted the move.
    case aborted(by: String)
    /// A party did not answer in time.
    case timeout(MoveRole)
    /// A party was restarted.
    case restarted(MoveRole)
    /// The party knows nothing of the move, and now never will.
    case unknownMove
    /// Another move of the same user is under way.
    case busy
    /// Another part of the group did not move, and a group moves whole or not at all.
    case groupFailed
    /// The update of an SA is older than the last one, or not the next.
    case outdated
    /// The mobile node's token is wrong, or was used before.
    case notAuthorized
    /// The IPsec stack, or the transfer, failed; its own words.
    case failure(String)
}

extension MoveReason: CustomStringConvertible {
    /// One sentence for an operator.
    package var description: String {
        switch self {
        case .spiInUse: "the SPI is in use at the new gateway"
        case .policyInUse(let packets): "the new gateway has another policy for \(packets)"
        case .unsupported(let what): "the new gateway does not support \(what)"
        case .noCapacity: "the new gateway has no room for another SA"
        case .noAssociation: "the SA is not at the gateway that was asked for it"
        case .associationChanged: "the SA was rekeyed, deleted or expired before the switch"
        case .expired: "the SA reached its hard lifetime"
        case .notApproved(let by): "not approved by \(by)"
        case .aborted(let by): "aborted by \(by)"
        case .timeout(let role): "the \(role.name) did not answer in time"
        case .restarted(let role): "the \(role.name) was restarted"
        case .unknownMove: "the gateway does not know the move"
        case .busy: "another move of this user is under way"
        case .groupFailed: "another part of its group did not move"
        case .outdated: "the update is older than the last one"
        case .notAuthorized: "the mobile node did not authorize it"
        case .failure(let words): words
        }
    }
}
