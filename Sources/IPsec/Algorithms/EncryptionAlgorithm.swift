/// An ESP encryption algorithm with its key length (IANA "IKEv2 Transform Type 1").
package enum EncryptionAlgorithm: Hashable, Sendable, CaseIterable {
    /// No encryption (RFC 2410).
    case null
    /// AES in CBC mode with a random IV (RFC 3602).
    case aesCBC128, aesCBC192, aesCBC256
    /// AES in Galois/Counter Mode with an ICV of 16 octets (RFC 4106).
    case aesGCM128, aesGCM256
    /// ChaCha20 and Poly1305 (RFC 7634).
    case chaCha20Poly1305

    /// The name in files, on the command line and on the screen.
    package var name: String {
        switch self {
        case .null: "null"
        case .aesCBC128: "aes-cbc-128"
        case .aesCBC192: "aes-cbc-192"
        case .aesCBC256: "aes-cbc-256"
        case .aesGCM128: "aes-gcm-16-128"
        case .aesGCM256: "aes-gcm-16-256"
        case .chaCha20Poly1305: "chacha20-poly1305"
        }
    }

    /// The algorithm of that ``name``.
    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The IKEv2 transform identifier.
    package var transform: UInt16 {
        switch self {
        case .null: 11
        case .aesCBC128, .aesCBC192, .aesCBC256: 12
        case .aesGCM128, .aesGCM256: 20
        case .chaCha20Poly1305: 28
        }
    }

    /// The key length in octets, without salt.
    package var keyOctets: Int {
        switch self {
        case .null: 0
        case .aesCBC128, .aesGCM128: 16
        case .aesCBC192: 24
        case .aesCBC256, .aesGCM256, .chaCha20Poly1305: 32
        }
    }

    /// The algorithm of that transform and key length in octets.
    package init?(transform: UInt16, keyOctets: Int) {
        guard let match = Self.allCases.first(where: { $0.transform == transform && $0.keyOctets == keyOctets })
        else { return nil }
        self = match
    }

    /// The part of the nonce that is agreed with the key, in octets (RFC 4106 section 8.1, RFC 7634 section 2).
    package var saltOctets: Int { isCombined ? 4 : 0 }

    /// The IV that each packet carries, in octets.
    package var ivOctets: Int {
        switch self {
        case .null: 0
        case .aesCBC128, .aesCBC192, .aesCBC256: 16
        case .aesGCM128, .aesGCM256, .chaCha20Poly1305: 8
        }
    }

    /// What the ciphertext is padded to, in octets; ESP itself needs at least 4.
    package var blockOctets: Int { ivOctets == 16 ? 16 : 4 }

    /// Whether the algorithm also protects integrity, so that no integrity algorithm goes with it.
    package var isCombined: Bool { self == .aesGCM128 || self == .aesGCM256 || self == .chaCha20Poly1305 }

    /// How a packet's IV comes about.
    package var ivMode: IVMode {
        switch self {
        case .null: .none
        case .aesCBC128, .aesCBC192, .aesCBC256: .random
        case .aesGCM128, .aesGCM256, .chaCha20Poly1305: .sequenceNumber
        }
    }
}
