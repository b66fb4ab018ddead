import ContextTransfer

/// What a drain has to look into before it goes on with one of its moves.
enum DrainWork {
    /// The move was refused: its SAs may be for another gateway, or for later.
    case retry(MoveID, MoveReason)
    /// The SAs of the move are to be negotiated anew.
    case renew(MoveID)
}
