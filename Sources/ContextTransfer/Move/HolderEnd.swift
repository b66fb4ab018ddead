/// How a move ended at the holder.
package enum HolderEnd: UInt8, Hashable, Sendable, CaseIterable {
    /// The taker has the SAs; every copy of the keys here is destroyed.
    case released = 1
    /// The SAs are in force here, as before.
    case kept = 2
    /// The SAs ended here, and renegotiation was asked for.
    case ended = 3
}
