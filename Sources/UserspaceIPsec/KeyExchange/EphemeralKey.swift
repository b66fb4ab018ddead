internal import Crypto
package import IPsec

/// One end's secret for one negotiation: an X25519 key (RFC 7748) with its nonce. It cannot be printed, and its storage
/// is overwritten when the last copy is freed.
package struct EphemeralKey: Sendable {
    private let key: Curve25519.KeyAgreement.PrivateKey
    private let nonce: [UInt8]

    /// A fresh one.
    package init() {
        key = Curve25519.KeyAgreement.PrivateKey()
        var generator = SystemRandomNumberGenerator()
        nonce = (0..<KeyShare.octets).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// What the other end is told.
    package var share: KeyShare {
        guard let share = KeyShare(nonce: nonce, publicKey: Array(key.publicKey.rawRepresentation)) else {
            preconditionFailure("An X25519 key and its nonce have 32 octets.")
        }
        return share
    }

    /// What both ends can compute and nobody else; `nil` when the other end's key is none, or has a small order.
    ///
    /// - Parameters:
    ///   - initiator: The nonce of the end that began.
    ///   - transcript: What was said so far: another one gives another secret.
    func secret(with peer: KeyShare, initiator: [UInt8], responder: [UInt8], _ transcript: ExchangeTranscript)
        -> ExchangeSecret?
    {
        guard let publicKey = try? Curve25519.KeyAgreement.PublicKey(rawRepresentation: peer.publicKey),
            let shared = try? key.sharedSecretFromKeyAgreement(with: publicKey)
        else { return nil }
        return ExchangeSecret(
            shared.hkdfDerivedSymmetricKey(
                using: SHA256.self, salt: initiator + responder, sharedInfo: transcript.digest, outputByteCount: 32))
    }
}

extension EphemeralKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never the key.
    package var description: String { "<ephemeral key>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
