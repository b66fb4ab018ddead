internal import Crypto
internal import IPsec

/// The secret of one negotiation, from which confirmations and the keys of its SAs are derived (HKDF, RFC 5869).
struct ExchangeSecret: Sendable {
    private let key: SymmetricKey

    init(_ key: SymmetricKey) { self.key = key }

    /// Proves that an end knows the secret and heard the same as the other: an HMAC-SHA-256 over what was said, under a
    /// key of that end's own.
    func confirmation(of transcript: ExchangeTranscript, by side: ExchangeSide) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: transcript.digest, using: derived("confirmation \(side)", [], 32)))
    }

    /// Whether the confirmation is right; it takes the same time wherever it differs.
    func confirms(_ confirmation: [UInt8], of transcript: ExchangeTranscript, by side: ExchangeSide) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            confirmation, authenticating: transcript.digest, using: derived("confirmation \(side)", [], 32))
    }

    /// The keys of the SA at that index: never the same for two SAs, nor after anything else was said.
    func keys(_ suite: AlgorithmSuite, index: Int, _ transcript: ExchangeTranscript) -> KeyedSuite? {
        let encryption = suite.encryption.map { $0.keyOctets + $0.saltOctets } ?? 0
        let integrity = suite.integrity?.keyOctets ?? 0
        return KeyedSuite(
            suite, encryptionKey: material("encryption \(index)", transcript, encryption),
            integrityKey: material("integrity \(index)", transcript, integrity))
    }

    private func material(_ label: String, _ transcript: ExchangeTranscript, _ octets: Int) -> KeyMaterial {
        guard octets > 0 else { return KeyMaterial(octets: []) }
        return derived(label, transcript.digest, octets).withUnsafeBytes { KeyMaterial(octets: $0) }
    }

    private func derived(_ label: String, _ context: [UInt8], _ octets: Int) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key, info: Array("ferry key exchange 1 \(label)".utf8) + [0] + context,
            outputByteCount: octets)
    }
}
