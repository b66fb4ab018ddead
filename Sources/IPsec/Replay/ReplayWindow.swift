/// The receiver's memory of the packets that it has accepted (RFC 4303 section 3.4.3).
///
/// A ring of 64-bit words without shifting, as in RFC 6479: the ring holds one word more than the window
/// needs, so that the word that is being filled never overlaps the oldest one that still counts.
package struct ReplayWindow: Equatable, Sendable {
    /// The sizes that a window may have, in packets (RFC 4303: at least 32).
    package static let sizes = 32...4096

    /// The number of packets that the window spans.
    package let size: Int
    /// The highest number accepted; 0 before the first packet.
    package private(set) var highest: SequenceNumber
    /// Bit `n & 63` of word `(n / 64) mod ring.count` tells whether packet `n` was accepted.
    private var ring: [UInt64]

    /// An empty window; `nil` when `size` is not in ``sizes``.
    package init?(size: Int) {
        guard Self.sizes.contains(size) else { return nil }
        self.size = size
        highest = SequenceNumber(0)
        ring = [UInt64](repeating: 0, count: Self.wordsNeeded(size))
    }

    /// What the window says of a packet before its integrity was checked.
    package func verdict(on number: SequenceNumber) -> ReplayVerdict {
        if number.value == 0 { return .invalid }
        if number > highest { return .fresh }
        if highest.value - number.value >= UInt64(size) { return .tooOld }
        return isMarked(number) ? .replayed : .fresh
    }

    /// Records a packet whose integrity was checked; has no effect on one that the window would refuse.
    package mutating func record(_ number: SequenceNumber) {
        guard verdict(on: number) == .fresh else { return }
        if number > highest {
            clearWords(after: highest.value / 64, through: number.value / 64)
            highest = number
        }
        ring[word(number)] |= 1 << (number.value & 63)
    }

    /// Whether `number`, which must lie within the window, was accepted.
    private func isMarked(_ number: SequenceNumber) -> Bool {
        ring[word(number)] & (1 << (number.value & 63)) != 0
    }

    private func word(_ number: SequenceNumber) -> Int {
        Int(truncatingIfNeeded: (number.value / 64) & UInt64(ring.count - 1))
    }

    private mutating func clearWords(after old: UInt64, through new: UInt64) {
        guard new > old else { return }
        for step in 1...min(new - old, UInt64(ring.count)) {
            ring[Int(truncatingIfNeeded: (old &+ step) & UInt64(ring.count - 1))] = 0
        }
    }

    /// A power of two, one word more than `size` bits can touch.
    private static func wordsNeeded(_ size: Int) -> Int {
        let least = (size + 63) / 64 + 1
        return 1 << (Int.bitWidth - (least - 1).leadingZeroBitCount)
    }
}

// MARK: - Comparing

extension ReplayWindow {
    /// Whether both say the same of every packet: words of the ring that no longer count are left out.
    package static func == (left: ReplayWindow, right: ReplayWindow) -> Bool {
        left.size == right.size && left.highest == right.highest && left.bitmap == right.bitmap
    }
}

// MARK: - Moving a window

extension ReplayWindow {
    /// Which packets of the window were accepted: bit 0 of the first word is ``highest``, bit 1 the one before it.
    /// `(size + 31) / 32` words; bits beyond the window or before packet 1 are zero.
    package var bitmap: [UInt32] {
        var words = [UInt32](repeating: 0, count: (size + 31) / 32)
        for back in 0..<UInt64(size) where back < highest.value {
            if isMarked(SequenceNumber(highest.value - back)) { words[Int(back / 32)] |= 1 << UInt32(back % 32) }
        }
        return words
    }

    /// The window with that memory.
    ///
    /// `nil` when the size is not allowed, the bitmap has not `(size + 31) / 32` words, marks something outside
    /// the window or before packet 1, or does not mark `highest` itself although it is not zero.
    package init?(size: Int, highest: SequenceNumber, bitmap: [UInt32]) {
        self.init(size: size)
        guard bitmap.count == (size + 31) / 32 else { return nil }
        self.highest = highest
        for (index, bits) in bitmap.enumerated() {
            for bit in 0..<32 where bits & (1 << UInt32(bit)) != 0 {
                let back = UInt64(index * 32 + bit)
                guard back < UInt64(size), back < highest.value else { return nil }
                let number = SequenceNumber(highest.value - back)
                ring[word(number)] |= 1 << (number.value & 63)
            }
        }
        guard highest.value == 0 || isMarked(highest) else { return nil }
    }
}
