extension ReplayWindow {
    /// The 64-bit number of which a packet carries the lower half (RFC 4303 appendix A2.2).
    ///
    /// `nil` when the number would lie before the first packet, which no sender can have sent.
    package func inferred(from low: UInt32) -> SequenceNumber? {
        let top = highest
        let bottom = top.low &- UInt32(size - 1)
        let high: UInt32
        if top.low >= UInt32(size - 1) {
            // Case A: the window lies within one subspace.
            high = low >= bottom ? top.high : top.high &+ 1
        } else {
            // Case B: the window reaches back into the previous subspace.
            guard low < bottom || top.high > 0 else { return nil }
            high = low >= bottom ? top.high - 1 : top.high
        }
        return SequenceNumber(UInt64(high) << 32 | UInt64(low))
    }
}
