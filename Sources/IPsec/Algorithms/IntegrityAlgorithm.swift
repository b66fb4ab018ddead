/// An integrity algorithm of ESP or AH (IANA "IKEv2 Transform Type 3"; the raw value is its identifier).
package enum IntegrityAlgorithm: UInt16, Hashable, Sendable, CaseIterable {
    /// RFC 2404.
    case hmacSHA1 = 2
    /// RFC 4868.
    case hmacSHA256 = 12
    case hmacSHA384 = 13
    case hmacSHA512 = 14

    /// The name in files, on the command line and on the screen.
    package var name: String {
        switch self {
        case .hmacSHA1: "hmac-sha-1-96"
        case .hmacSHA256: "hmac-sha-256-128"
        case .hmacSHA384: "hmac-sha-384-192"
        case .hmacSHA512: "hmac-sha-512-256"
        }
    }

    /// The algorithm of that ``name``.
    package init?(name: String) {
        guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = match
    }

    /// The key length in octets: fixed, the length of the hash.
    package var keyOctets: Int {
        switch self {
        case .hmacSHA1: 20
        case .hmacSHA256: 32
        case .hmacSHA384: 48
        case .hmacSHA512: 64
        }
    }

    /// The length of the truncated ICV in octets.
    package var icvOctets: Int { self == .hmacSHA1 ? 12 : keyOctets / 2 }
}
