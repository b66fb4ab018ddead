import ContextTransfer
import Foundation
import Gateway
import IPsec
import Testing

@Suite("Authorization tokens")
struct AuthorizationTokenTests {
    private static let secret = KeyMaterial(octets: 0..<32)
    private static let address = IPAddress(v4: 192, 0, 2, 1)
    private static let sequence: UInt32 = 0x0102_0304

    private static func request(
        _ address: IPAddress = address, _ sequence: UInt32 = sequence, short: UInt32? = nil,
        block: ContextDataBlock? = nil
    ) throws -> TransferRequest {
        let token = try AuthorizationToken(secret, address: Self.address, realm: .default, sequence: Self.sequence)
        return TransferRequest(
            previousAddress: address, sequence: sequence, token: short ?? token.short, requests: [block ?? token.block])
    }

    @Test("a token is what HMAC-SHA-256 and HMAC-SHA-1 of another implementation give")
    func vector() throws {
        let token = try AuthorizationToken(
            Self.secret, address: Self.address, realm: .default, sequence: Self.sequence)
        // Python 3.11, hmac and hashlib: key = SHA-256("ferry CTAR" + address + number) under the octets 0 to 31, code =
        // SHA-256(address + number) and token = SHA-1(address + number + block) under that key.
        let code: [UInt8] = [
            0x75, 0xee, 0xc0, 0x06, 0xc5, 0x5c, 0xa8, 0x2b, 0x09, 0x72, 0x95, 0x42, 0xad, 0xc6, 0x1d, 0x61, 0xcb, 0xdd,
            0xcd, 0x6d, 0x12, 0xa9, 0x72, 0x13, 0xad, 0xf3, 0x26, 0x31, 0x51, 0x71, 0xbd, 0xf9,
        ]
        #expect(try AuthorizationBlock(token.block).code == code)
        #expect(token.short == 0x33f5_2c27)
        #expect(AuthorizationToken.isRight(try Self.request(), Self.secret))
    }

    @Test("another secret, address, number, code or short token is wrong")
    func wrong() throws {
        #expect(!AuthorizationToken.isRight(try Self.request(), KeyMaterial(octets: 1..<33)))
        #expect(!AuthorizationToken.isRight(try Self.request(IPAddress(v4: 192, 0, 2, 2)), Self.secret))
        #expect(!AuthorizationToken.isRight(try Self.request(Self.address, Self.sequence + 1), Self.secret))
        #expect(!AuthorizationToken.isRight(try Self.request(short: 0x33f5_2c26), Self.secret))
        let other = try AuthorizationBlock(code: [UInt8](repeating: 7, count: 32)).encoded()
        #expect(!AuthorizationToken.isRight(try Self.request(block: other), Self.secret))
        var none = try Self.request()
        none.requests = []
        #expect(!AuthorizationToken.isRight(none, Self.secret))
    }

    @Test("a number counts once, also after a restart, and anew with another secret")
    func replayed() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/ferry-tokens-\(UUID().uuidString).sqlite"
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let (old, new) = (
            AuthorizationToken.mark(of: Self.secret), AuthorizationToken.mark(of: KeyMaterial(random: 32))
        )
        #expect(old != new)
        for isFirst in [true, false] {
            let journal = try Journal(path: path)
            #expect(try await journal.take(number: 7, of: Self.address, secret: old) == isFirst)
            #expect(try await !journal.take(number: 7, of: Self.address, secret: old))
        }
        let journal = try Journal(path: path)
        #expect(try await journal.take(number: 7, of: IPAddress(v4: 192, 0, 2, 2), secret: old))
        #expect(try await journal.take(number: 7, of: Self.address, secret: new))
        #expect(try await journal.take(number: 8, of: Self.address, secret: new, limit: 2))
        #expect(try await !journal.take(number: 9, of: Self.address, secret: new, limit: 2))
    }
}
