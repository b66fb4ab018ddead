/// What became of an SA's SPI; the raw value is its word in files.
package enum SPIOutcome: String, Hashable, Sendable, CaseIterable {
    case kept
    /// The SA has another one.
    case changed
}
