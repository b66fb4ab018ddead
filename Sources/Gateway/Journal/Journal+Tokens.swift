package import ContextTransfer
import GRDB
import IPsec

extension Journal {
    /// How many sequence numbers of one secret are kept for an address in its realm: then the secret has to be another, with which they
    /// begin anew.
    package static let tokenLimit = 100_000

    /// Makes durable that a sequence number of an address in its realm was used; `false` where it was before, or where there are too
    /// many. Numbers of an earlier secret of the address are forgotten.
    ///
    /// - Parameter secret: what tells the secret from another one.
    package func take(
        number: UInt32, of subject: MoveSubject, secret: String, limit: Int = tokenLimit
    ) async throws -> Bool {
        let (address, realm) = (subject.address.description, subject.realm.name)
        return try await write { database in
            try database.execute(
                sql: "DELETE FROM used_number WHERE address = ? AND realm = ? AND secret <> ?",
                arguments: [address, realm, secret])
            let count = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM used_number WHERE address = ? AND realm = ?",
                arguments: [address, realm])
            guard count ?? 0 < limit else { return false }
            try database.execute(
                sql: "INSERT OR IGNORE INTO used_number (address, realm, secret, number) VALUES (?, ?, ?, ?)",
                arguments: [address, realm, secret, Int64(number)])
            return database.changesCount == 1
        }
    }
}
