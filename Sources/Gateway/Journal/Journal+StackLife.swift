import GRDB

extension Journal {
    /// Whether the stack that is there now is the one that was there when this was asked last; from now on it is that.
    ///
    /// - Parameter life: names the life of a stack's SAs; `nil`: they live no longer than this process.
    func survived(_ life: String?) async throws -> Bool {
        try await write { database in
            let last = try String.fetchOne(database, sql: "SELECT life FROM stack")
            try database.execute(sql: "DELETE FROM stack")
            if let life { try database.execute(sql: "INSERT INTO stack (life) VALUES (?)", arguments: [life]) }
            return life != nil && last == life
        }
    }
}
