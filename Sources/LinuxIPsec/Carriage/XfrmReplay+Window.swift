package import IPsec

extension XfrmReplay {
    /// The receiver's memory; `nil` with anti-replay off.
    package func receiverWindow() throws(XfrmObstacle) -> ReplayWindow? {
        guard window > 0 else { return nil }
        guard let size = Int(exactly: window), ReplayWindow.sizes.contains(size) else {
            throw window < 32 ? .smallWindow(window) : .badReplayState
        }
        guard isExtendedForm ? bitmap.count * 32 >= size : size <= 32 else { throw .badReplayState }
        var words = [UInt32](repeating: 0, count: (size + 31) / 32)
        for back in 0..<size where UInt64(back) < highest && isMarked(back) {
            words[back / 32] |= 1 << UInt32(back % 32)
        }
        // Who added it may have said a number and no packets: its own packet then counts as accepted.
        if highest > 0 { words[0] |= 1 }
        guard let made = ReplayWindow(size: size, highest: SequenceNumber(highest), bitmap: words) else {
            throw .badReplayState
        }
        return made
    }

    /// The state of an SA with these numbers and that memory.
    ///
    /// - Parameter receives: whether the SA does; the kernel wants a window of one also for extended numbers that are only
    ///   sent.
    package init(lastSent: SequenceNumber, window memory: ReplayWindow?, extended: Bool, receives: Bool = true) {
        self.init()
        self.lastSent = lastSent.value
        guard let memory else {
            (isExtendedForm, bitmap) = (extended, [0])
            if extended, !receives { window = 1 }
            return
        }
        highest = memory.highest.value
        window = UInt32(memory.size)
        isExtendedForm = extended || memory.size > 32
        guard isExtendedForm else {
            bitmap = memory.bitmap
            return
        }
        bitmap = [UInt32](repeating: 0, count: (memory.size + 31) / 32)
        let words = memory.bitmap
        for back in 0..<memory.size where words[back / 32] & (1 << UInt32(back % 32)) != 0 {
            let place = place(back)
            bitmap[place / 32] |= 1 << UInt32(place % 32)
        }
    }

    /// Whether the packet so many before the highest one was accepted.
    private func isMarked(_ back: Int) -> Bool {
        let place = isExtendedForm ? place(back) : back
        return bitmap[place / 32] & (1 << UInt32(place % 32)) != 0
    }

    /// Where in the ring that packet's bit is: the kernel counts from the lower half of the highest number less one.
    private func place(_ back: Int) -> Int {
        let top = Int((UInt32(truncatingIfNeeded: highest) &- 1) % window)
        return (top - back + Int(window)) % Int(window)
    }
}
