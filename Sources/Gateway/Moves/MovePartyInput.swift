import ContextTransfer
import IPsec

/// What may happen to any party of a move; each machine takes what is for it.
enum MovePartyInput: Equatable, Sendable {
    case start
    case received(MoveMessage)
    case approved(by: String)
    case denied(by: String)
    case abort(by: String)
    case proceed
    /// The group that the move is a part of does not go through.
    case groupFailed(MoveReason)
    /// The others of a failed group came to rest.
    case groupSettled(anyEnded: Bool)
    /// These SAs here were rekeyed, deleted or expired.
    case associationsChanged(Set<SAIdentifier>, MoveReason)
    /// The deadline with that number; a later one has replaced it if the numbers differ.
    case deadline(Int)

    // What the stack answers.
    case read(MoveContexts)
    case quiesced([DynamicAttributes])
    case resumed
    case removed
    case checked([Verdict])
    case held
    case installed
    case redirected
    case updated
    case failed(MoveReason)
    /// What was to be installed was in force, or may have been, and is no more; why.
    case ended(MoveReason)
}
