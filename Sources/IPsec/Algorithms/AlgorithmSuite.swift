/// The algorithms of one SA: what a packet is encrypted and authenticated with.
///
/// Only combinations that protect integrity exist (RFC 8221 section 4): a combined mode alone, an encryption
/// with an integrity algorithm, or for AH an integrity algorithm alone.
package struct AlgorithmSuite: Hashable, Sendable {
    /// `nil` for AH.
    package let encryption: EncryptionAlgorithm?
    /// `nil` for a combined mode.
    package let integrity: IntegrityAlgorithm?
    /// What a stack calls algorithms that are none of ours; `nil` for ours.
    package let foreign: Foreign?

    /// Algorithms that Ferry does not know: an SA that has them is shown, and stays where it is.
    package struct Foreign: Hashable, Sendable {
        package let name: String
        package let securityProtocol: SecurityProtocol

        package init(name: String, securityProtocol: SecurityProtocol) {
            (self.name, self.securityProtocol) = (name, securityProtocol)
        }
    }

    /// The suite of an SA whose algorithms are known by their name alone.
    package init(foreign: Foreign) {
        (encryption, integrity, self.foreign) = (nil, nil, foreign)
    }

    /// The suite of ESP; `nil` when integrity is missing, or given beside a combined mode.
    package init?(esp encryption: EncryptionAlgorithm, _ integrity: IntegrityAlgorithm? = nil) {
        guard encryption.isCombined == (integrity == nil) else { return nil }
        (self.encryption, self.integrity, foreign) = (encryption, integrity, nil)
    }

    /// The suite of AH.
    package init(ah integrity: IntegrityAlgorithm) {
        (self.encryption, self.integrity, foreign) = (nil, integrity, nil)
    }

    /// Every suite of ESP, the strongest first.
    package static let allESP: [AlgorithmSuite] = {
        let ciphers: [EncryptionAlgorithm] = [
            .aesGCM256, .chaCha20Poly1305, .aesGCM128, .aesCBC256, .aesCBC192, .aesCBC128, .null,
        ]
        let hashes: [IntegrityAlgorithm] = [.hmacSHA512, .hmacSHA384, .hmacSHA256, .hmacSHA1]
        return ciphers.flatMap { cipher in
            cipher.isCombined
                ? [AlgorithmSuite(esp: cipher)].compactMap(\.self)
                : hashes.compactMap { AlgorithmSuite(esp: cipher, $0) }
        }
    }()

    /// Every suite of AH, the strongest first.
    package static let allAH = [IntegrityAlgorithm.hmacSHA512, .hmacSHA384, .hmacSHA256, .hmacSHA1]
        .map { AlgorithmSuite(ah: $0) }

    /// The protocol that the suite is for.
    package var securityProtocol: SecurityProtocol {
        foreign?.securityProtocol ?? (encryption == nil ? .ah : .esp)
    }

    /// For example `aes-gcm-16-256`, `aes-cbc-128-hmac-sha-256-128`, or for AH `hmac-sha-256-128`; the stack's own word for what
    /// is not known.
    package var name: String {
        foreign?.name ?? [encryption?.name, integrity?.name].compactMap(\.self).joined(separator: "-")
    }

    /// The suite of that ``name``, of either protocol; `nil` for one that is none of ours.
    package init?(name: String) {
        guard let match = (Self.allESP + Self.allAH).first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The length of the ICV at the end of a packet, in octets.
    package var icvOctets: Int { integrity?.icvOctets ?? 16 }

    /// The key length in bits of the encryption, or of the integrity algorithm where nothing is encrypted.
    package var keyBits: Int {
        guard let encryption, encryption != .null else { return (integrity?.keyOctets ?? 0) * 8 }
        return encryption.keyOctets * 8
    }
}

extension AlgorithmSuite: CustomStringConvertible {
    package var description: String { name }
}
