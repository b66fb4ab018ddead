import GRDB

extension Journal {
    /// Whether the stack that is there now is the one that was there when this was kept last.
    ///
    /// - Parameter life: names the life of a stack's SAs; `nil`: they live no longer than this process.
    package func survived(_ life: String?) async throws -> Bool {
        guard let life else { return false }
        return try await read { try String.fetchOne($0, sql: "SELECT life FROM stack") } == life
    }

    /// Keeps whose stack the notes speak of: once all that they say of another one was put right.
    package func keep(stackLife life: String?) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM stack")
            if let life { try database.execute(sql: "INSERT INTO stack (life) VALUES (?)", arguments: [life]) }
        }
    }
}
