/// The sequence numbers of a kernel SA: the last one sent, the last one accepted, and which before it were.
package struct XfrmReplay: Hashable, Sendable {
    /// With their upper halves where the SA has extended numbers.
    package var lastSent: UInt64 = 0
    package var highest: UInt64 = 0
    /// In packets; 0 is anti-replay off.
    package var window: UInt32 = 0
    /// Which packets were accepted, as the kernel has it: with the old form bit 0 is ``highest``, with the other one the
    /// bit of a number is its place in a ring of `32 * bitmap.count` bits, counted from 1.
    package var bitmap: [UInt32] = []
    /// Whether it is the form of `struct xfrm_replay_state_esn`, which larger windows and extended numbers need.
    package var isExtendedForm = false

    package init() {}

    /// Reads `struct xfrm_replay_state`.
    package init(old value: ArraySlice<UInt8>) throws(NetlinkError) {
        var reader = KernelReader(value)
        lastSent = UInt64(try reader.integer(UInt32.self))
        highest = UInt64(try reader.integer(UInt32.self))
        bitmap = [try reader.integer()]
    }

    /// The longest bitmap that the kernel takes, in words (`XFRMA_REPLAY_ESN_MAX` bits).
    private static let mostWords = 4_096 / 32

    /// Reads `struct xfrm_replay_state_esn`.
    package init(extended value: ArraySlice<UInt8>) throws(NetlinkError) {
        var reader = KernelReader(value)
        let words = Int(try reader.integer(UInt32.self))
        guard words <= Self.mostWords else { throw .truncated }
        let (sent, seen) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
        let (sentHigh, seenHigh) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
        lastSent = UInt64(sentHigh) << 32 | UInt64(sent)
        highest = UInt64(seenHigh) << 32 | UInt64(seen)
        window = try reader.integer()
        for _ in 0..<words { bitmap.append(try reader.integer()) }
        isExtendedForm = true
    }

    /// The attribute's value, in the form that it has.
    package var encoded: [UInt8] {
        var writer = KernelWriter()
        guard isExtendedForm else {
            for word in [UInt32(truncatingIfNeeded: lastSent), UInt32(truncatingIfNeeded: highest), bitmap.first ?? 0] {
                writer.integer(word)
            }
            return writer.octets
        }
        let numbers = [lastSent, highest]
        writer.integer(UInt32(bitmap.count))
        for number in numbers { writer.integer(UInt32(truncatingIfNeeded: number)) }
        for number in numbers { writer.integer(UInt32(truncatingIfNeeded: number >> 32)) }
        writer.integer(window)
        for word in bitmap { writer.integer(word) }
        return writer.octets
    }
}
