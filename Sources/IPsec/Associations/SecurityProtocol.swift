/// The protocol that an SA serves; the raw value is its IP protocol number.
package enum SecurityProtocol: UInt8, Hashable, Sendable, CaseIterable {
    /// Encapsulating Security Payload (RFC 4303).
    case esp = 50
    /// Authentication Header (RFC 4302).
    case ah = 51

    /// `esp` or `ah`.
    package var name: String { self == .esp ? "esp" : "ah" }
}
