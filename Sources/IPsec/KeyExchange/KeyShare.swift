/// An end's share of the secret: both are sent in the clear within the link.
package struct KeyShare: Hashable, Sendable {
    /// The length of both in octets.
    package static let octets = 32

    /// Fresh and random.
    package let nonce: [UInt8]
    /// An X25519 public key (RFC 7748).
    package let publicKey: [UInt8]

    /// `nil` when one of them has another length than ``octets``.
    package init?(nonce: [UInt8], publicKey: [UInt8]) {
        guard nonce.count == Self.octets, publicKey.count == Self.octets else { return nil }
        (self.nonce, self.publicKey) = (nonce, publicKey)
    }
}
