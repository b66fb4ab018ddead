import ContextTransfer

/// What a drain has to look into before it goes on with one of its moves.
enum DrainWork {
    /// The move came to nothing: its SAs may be for another gateway, or for later.
    case retry(MoveID, MoveOutcome)
    /// The SAs of the move are to be negotiated anew.
    case renew(MoveID)
}
