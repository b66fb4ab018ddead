import ContextTransfer
import Foundation
import GRDB
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
        // Python 3.11, hmac and hashlib: with ADDRESS the mapped address and no realm: key = SHA-256("ferry CTAR" + ADDRESS + number) under
        // the octets 0 to 31, code = SHA-256(ADDRESS + number) under that key, token = SHA-1(address + number + block) under that key.
        let code: [UInt8] = [
            0x56, 0xcd, 0x93, 0xa4, 0x94, 0x9b, 0x93, 0x96, 0xfd, 0x34, 0xe3, 0x2a, 0x22, 0xef, 0xab, 0xe8, 0xb5,
            0xc0, 0x1a, 0x74, 0xdf, 0xc4, 0x32, 0x76, 0x81, 0x90, 0x8b, 0x8e, 0x59, 0x66, 0x2f, 0xcc,
        ]
        #expect(try AuthorizationBlock(token.block).code == code)
        #expect(token.short == 0x9313_fbc2)
        #expect(AuthorizationToken.isRight(try Self.request(), Self.secret))
    }

    @Test("another secret, address, number, code or short token is wrong")
    func wrong() throws {
        #expect(!AuthorizationToken.isRight(try Self.request(), KeyMaterial(octets: 1..<33)))
        #expect(!AuthorizationToken.isRight(try Self.request(IPAddress(v4: 192, 0, 2, 2)), Self.secret))
        #expect(!AuthorizationToken.isRight(try Self.request(Self.address, Self.sequence + 1), Self.secret))
        #expect(!AuthorizationToken.isRight(try Self.request(short: 0x9313_fbc3), Self.secret))
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
            #expect(try await journal.take(number: 7, of: MoveSubject(address: Self.address), secret: old) == isFirst)
            #expect(try await !journal.take(number: 7, of: MoveSubject(address: Self.address), secret: old))
        }
        let journal = try Journal(path: path)
        #expect(try await journal.take(number: 7, of: MoveSubject(address: IPAddress(v4: 192, 0, 2, 2)), secret: old))
        #expect(try await journal.take(number: 7, of: MoveSubject(address: Self.address), secret: new))
        let elsewhere = MoveSubject(address: Self.address, realm: try #require(Realm("B")))
        #expect(try await journal.take(number: 7, of: elsewhere, secret: new))
        #expect(try await !journal.take(number: 7, of: elsewhere, secret: new))
        #expect(try await journal.take(number: 8, of: MoveSubject(address: Self.address), secret: new, limit: 2))
        #expect(try await !journal.take(number: 9, of: MoveSubject(address: Self.address), secret: new, limit: 2))
    }

    @Test("a number that was used before a journal knew of realms stays used")
    func oldJournal() async throws {
        let path = FileManager.default.temporaryDirectory.path + "/ferry-tokens-\(UUID().uuidString).sqlite"
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let mark = AuthorizationToken.mark(of: Self.secret)
        _ = try Journal(path: path)
        // As the version before left it.
        let file = try DatabaseQueue(path: path)
        try await file.write { database in
            try database.execute(
                sql: """
                    DROP TABLE used_number;
                    CREATE TABLE token_number (
                        address TEXT NOT NULL, secret TEXT NOT NULL, number INTEGER NOT NULL,
                        PRIMARY KEY (address, secret, number)
                    ) WITHOUT ROWID;
                    DELETE FROM grdb_migrations WHERE identifier = 'realms of authorization tokens';
                    """)
            try database.execute(
                sql: "INSERT INTO token_number VALUES (?, ?, 7)", arguments: [Self.address.description, mark])
        }
        try file.close()
        let journal = try Journal(path: path)
        let (subject, elsewhere) = (
            MoveSubject(address: Self.address), MoveSubject(address: Self.address, realm: try #require(Realm("B")))
        )
        #expect(try await !journal.take(number: 7, of: subject, secret: mark))
        #expect(try await journal.take(number: 8, of: subject, secret: mark))
        #expect(try await journal.take(number: 7, of: elsewhere, secret: mark))
    }
}
