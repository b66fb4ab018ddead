package import ContextTransfer
import Crypto
import Foundation
package import IPsec

/// What proves that a mobile node wants its contexts moved (RFC 4067 section 2.5.1): a code of the RFC's 32 bits, and a
/// whole one of 256 in a block of its own.
///
/// Its key is that of one sequence number, made of the secret that the mobile node shares with its previous router: since
/// that accepts a number once, no key is used twice.
package struct AuthorizationToken {
    /// First(32, HMAC-SHA-1) of previous address, sequence number and all blocks.
    package let short: UInt32
    /// With the whole code.
    package let block: ContextDataBlock

    /// The token of one request.
    package init(
        _ secret: KeyMaterial, address: IPAddress, realm: Realm, sequence: UInt32
    ) throws(WireError) {
        let whole = Self.said(address, realm, sequence)
        let key = Self.key(secret, whole)
        let code = HMAC<SHA256>.authenticationCode(for: Data(whole), using: key)
        block = try AuthorizationBlock(code: Array(code), realm: realm).encoded()
        short = Self.short(address, sequence, [block], key)
    }

    /// Whether both codes of a request are right.
    package static func isRight(_ request: TransferRequest, _ secret: KeyMaterial) -> Bool {
        guard request.requests.count == 1, let block = try? AuthorizationBlock(request.requests[0]) else {
            return false
        }
        let whole = said(request.previousAddress, block.realm, request.sequence)
        let key = key(secret, whole)
        let isWholeRight = HMAC<SHA256>.isValidAuthenticationCode(
            Data(block.code), authenticating: Data(whole), using: key)
        return isWholeRight
            && short(request.previousAddress, request.sequence, request.requests, key) == request.token
    }

    /// What tells secrets apart in the journal, and tells nothing of them.
    package static func mark(of secret: KeyMaterial) -> String {
        let master = unsafe secret.withOctets { unsafe SymmetricKey(data: Data($0)) }
        let code = HMAC<SHA256>.authenticationCode(for: Data("ferry CTAR secret".utf8), using: master)
        return code.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func key(_ secret: KeyMaterial, _ said: [UInt8]) -> SymmetricKey {
        let master = unsafe secret.withOctets { unsafe SymmetricKey(data: Data($0)) }
        let info = Array("ferry CTAR".utf8) + said
        return SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(info), using: master))
    }

    /// What the whole code covers: the previous address as 16 octets (an IPv4 address mapped), the sequence number, the name of
    /// the realm.
    private static func said(_ address: IPAddress, _ realm: Realm, _ sequence: UInt32) -> [UInt8] {
        address.mapped.octets + octets(sequence) + Array(realm.name.utf8)
    }

    private static func octets(_ sequence: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sequence >> $0) }
    }

    private static func short(
        _ address: IPAddress, _ sequence: UInt32, _ blocks: [ContextDataBlock], _ key: SymmetricKey
    ) -> UInt32 {
        var writer = OctetWriter(capacity: 20 + blocks.reduce(0) { $0 + $1.size })
        writer.append(contentsOf: address.octets + octets(sequence))
        for block in blocks { block.write(to: &writer) }
        let code = HMAC<Insecure.SHA1>.authenticationCode(for: Data(writer.octets), using: key)
        return code.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }
}
