import GRDB
package import IPsec

extension Journal {
    /// How many sequence numbers of one secret are kept for an address: then the secret has to be another, with which they
    /// begin anew.
    package static let tokenLimit = 100_000

    /// Makes durable that a sequence number of an address was used; `false` where it was before, or where there are too
    /// many. Numbers of an earlier secret of the address are forgotten.
    ///
    /// - Parameter secret: what tells the secret from another one.
    package func take(
        number: UInt32, of address: IPAddress, secret: String, limit: Int = tokenLimit
    ) async throws -> Bool {
        let text = address.description
        return try await write { database in
            try database.execute(
                sql: "DELETE FROM token_number WHERE address = ? AND secret <> ?", arguments: [text, secret])
            let count = try Int.fetchOne(
                database, sql: "SELECT count(*) FROM token_number WHERE address = ?", arguments: [text])
            guard count ?? 0 < limit else { return false }
            try database.execute(
                sql: "INSERT OR IGNORE INTO token_number (address, secret, number) VALUES (?, ?, ?)",
                arguments: [text, secret, Int64(number)])
            return database.changesCount == 1
        }
    }
}
