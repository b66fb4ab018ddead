internal import Crypto
internal import IPsec

/// An integrity algorithm with its key: makes and checks truncated codes (RFC 2404, RFC 4868).
enum IntegrityTransform: Sendable {
    case sha1(PreparedHMAC<Insecure.SHA1>)
    case sha256(PreparedHMAC<SHA256>)
    case sha384(PreparedHMAC<SHA384>)
    case sha512(PreparedHMAC<SHA512>)

    /// The algorithm with that key, which has the length that the algorithm needs.
    init(_ algorithm: IntegrityAlgorithm, key: KeyMaterial) {
        self =
            switch algorithm {
            case .hmacSHA1: .sha1(PreparedHMAC(key: key))
            case .hmacSHA256: .sha256(PreparedHMAC(key: key))
            case .hmacSHA384: .sha384(PreparedHMAC(key: key))
            case .hmacSHA512: .sha512(PreparedHMAC(key: key))
            }
    }

    var algorithm: IntegrityAlgorithm {
        switch self {
        case .sha1: .hmacSHA1
        case .sha256: .hmacSHA256
        case .sha384: .hmacSHA384
        case .sha512: .hmacSHA512
        }
    }

    /// The length of a code in octets.
    var count: Int { algorithm.icvOctets }

    /// Calls `body` with the code of `octets`, followed by the high half of an extended sequence number.
    func withCode<Result>(
        of octets: UnsafeRawBufferPointer, high: UInt32?, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let truncated = { (digest: UnsafeRawBufferPointer) in body(UnsafeRawBufferPointer(rebasing: digest[..<count])) }
        return switch self {
        case .sha1(let hmac): hmac.code(of: octets, suffix: high).withUnsafeBytes(truncated)
        case .sha256(let hmac): hmac.code(of: octets, suffix: high).withUnsafeBytes(truncated)
        case .sha384(let hmac): hmac.code(of: octets, suffix: high).withUnsafeBytes(truncated)
        case .sha512(let hmac): hmac.code(of: octets, suffix: high).withUnsafeBytes(truncated)
        }
    }

    /// Whether `code` is the code of `octets`; takes the same time wherever they differ.
    func isValid(_ code: UnsafeRawBufferPointer, of octets: UnsafeRawBufferPointer, high: UInt32?) -> Bool {
        withCode(of: octets, high: high) { right in
            guard code.count == right.count else { return false }
            var difference: UInt8 = 0
            for index in 0..<right.count { difference |= code[index] ^ right[index] }
            return difference == 0
        }
    }
}
