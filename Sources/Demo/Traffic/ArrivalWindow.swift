/// Which of a flow's newest packets have arrived: a bit for each, so that a flow may go on for days.
///
/// What became of an older one is settled: it arrived, or it is lost, also where it still comes.
package struct ArrivalWindow: Sendable {
    /// What an arrival is.
    package enum Verdict: Hashable, Sendable {
        /// The first of its number.
        case first
        /// Another one of its number.
        case again
        /// Of a number that was never given, or that is too old.
        case unknown
    }

    /// How many numbers are looked after: at 100,000 packets a second those of ten seconds.
    package static let usualSize = 1 << 20

    private let size: Int
    private var words: [UInt64] = []
    private var given = 0

    /// - Parameter size: A multiple of 64.
    package init(size: Int = usualSize) {
        precondition(size > 0 && size % 64 == 0, "A window of arrivals is made of whole words.")
        self.size = size
    }

    /// What it takes of memory.
    package var octets: Int { words.count * 8 }

    /// Gives the next packet its number, from 0.
    package mutating func give() -> Int {
        let slot = given % size
        if slot / 64 == words.count { words.append(0) }
        words[slot / 64] &= ~(1 << (slot % 64))
        given += 1
        return given - 1
    }

    /// Takes note that a packet arrived.
    package mutating func arrived(_ number: UInt64) -> Verdict {
        guard number < UInt64(given), given - Int(number) <= size else { return .unknown }
        let slot = Int(number) % size
        let bit: UInt64 = 1 << (slot % 64)
        guard words[slot / 64] & bit == 0 else { return .again }
        words[slot / 64] |= bit
        return .first
    }
}
