internal import Crypto
internal import CryptoExtras
internal import IPsec

/// What protects an ESP payload, with its keys as swift-crypto's own, which overwrite themselves when freed.
enum ESPCipher: Sendable {
    /// RFC 4106.
    case aesGCM(SymmetricKey)
    /// RFC 7634.
    case chaCha20Poly1305(SymmetricKey)
    /// RFC 3602, then the integrity algorithm over header and ciphertext.
    case aesCBC(SymmetricKey, IntegrityTransform)
    /// RFC 2410: integrity alone.
    case null(IntegrityTransform)

    /// The cipher of a suite; `nil` for one of AH.
    init?(_ keys: KeyedSuite) {
        guard let encryption = keys.suite.encryption else { return nil }
        let key = keys.encryptionKey.withOctets { octets in
            SymmetricKey(data: UnsafeRawBufferPointer(rebasing: octets.prefix(encryption.keyOctets)))
        }
        let integrity = keys.suite.integrity.map { IntegrityTransform($0, key: keys.integrityKey) }
        switch (encryption, integrity) {
        case (.aesGCM128, nil), (.aesGCM256, nil): self = .aesGCM(key)
        case (.chaCha20Poly1305, nil): self = .chaCha20Poly1305(key)
        case (.aesCBC128, let integrity?), (.aesCBC192, let integrity?), (.aesCBC256, let integrity?):
            self = .aesCBC(key, integrity)
        case (.null, let integrity?): self = .null(integrity)
        case (.aesGCM128, _?), (.aesGCM256, _?), (.chaCha20Poly1305, _?), (_, nil): return nil
        }
    }
}
