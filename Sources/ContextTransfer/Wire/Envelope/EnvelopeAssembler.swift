/// Puts the parts of one connection's envelopes together again. The parts of an envelope come one after another and
/// in their order, as a stream keeps them.
///
/// It keeps decoded values, so that a key is only ever in `KeyMaterial`, and at most
/// ``MoveEnvelope/largestPartCount`` messages of them.
package struct EnvelopeAssembler: Equatable, Sendable {
    private var pending: Pending?

    private struct Pending: Equatable, Sendable {
        let first: MoveFragment
        var items: [MoveItem]
        var count: Int
        /// Of the latest part in octets.
        var size: Int
        /// Of all parts' items in octets.
        var itemSize: Int
    }

    package init() {}

    /// Whether parts are still missing.
    package var isPending: Bool { pending != nil }

    /// The envelope that the message completes; `nil` where parts are still missing. An error drops what was kept.
    package mutating func add(_ message: [UInt8]) throws(WireError) -> MoveEnvelope? {
        var earlier = pending.take()
        let fragment = try MoveFragment(message)
        guard let part = fragment.identity.part else {
            guard earlier == nil else { throw .unexpectedPart }
            return try MoveEnvelope(fragment, items: fragment.items)
        }
        guard let firstSize = fragment.itemSizes.first else { throw .unexpectedPart }
        let itemSize = fragment.itemSizes.reduce(0, +)
        guard var current = earlier.take() else {
            guard part.number == 0 else { throw .unexpectedPart }
            pending = Pending(
                first: fragment, items: fragment.items, count: 1, size: fragment.size, itemSize: itemSize)
            return nil
        }
        guard current.count < MoveEnvelope.largestPartCount else {
            throw .tooMany(.part, limit: MoveEnvelope.largestPartCount)
        }
        // The encoder begins a part only where the one before it had no room for the next block.
        guard Int(part.number) == current.count, continues(fragment, current.first),
            current.size + firstSize > UInt16.max
        else { throw .unexpectedPart }
        current.items += fragment.items
        current.itemSize += itemSize
        (current.count, current.size) = (current.count + 1, fragment.size)
        guard part.isLast else {
            pending = current
            return nil
        }
        // And it begins parts only where one message had no room for everything.
        var whole = current.first.identity
        whole.part = nil
        let saved = try current.first.identity.encoded().size - whole.encoded().size
        let fixed = current.first.size - current.first.itemSizes.reduce(0, +) - saved
        guard fixed + current.itemSize > UInt16.max else { throw .unexpectedPart }
        return try MoveEnvelope(current.first, items: current.items)
    }

    private func continues(_ next: MoveFragment, _ first: MoveFragment) -> Bool {
        var identity = next.identity
        identity.part = first.identity.part
        return identity == first.identity && next.type == first.type && next.elapsed == first.elapsed
            && next.previousAddress == first.previousAddress
    }
}
