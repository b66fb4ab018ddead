/// A whole CXTP message between a link and the moves. It may hold keys, so it is overwritten when the last one who has
/// it lets it go: sent, read, or dropped on the way.
package final class HeldMessage: Sendable {
    // Changed in `deinit` alone.
    private nonisolated(unsafe) var octets: [UInt8]

    /// Takes the octets over; the caller keeps no copy.
    init(_ octets: consuming [UInt8]) { self.octets = octets }

    deinit { octets.wipe() }

    /// Lends the octets for the time of `body`; nothing may keep them.
    package func read<Result, Failure: Error>(
        _ body: ([UInt8]) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(self) {} }
        return try body(octets)
    }
}
