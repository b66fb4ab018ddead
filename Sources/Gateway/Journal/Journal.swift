package import ContextTransfer
import GRDB
package import GatewayAPI
import Foundation
import SwiftProtobuf

/// What a daemon must still know after a restart: the notes of its moves' parties, the moves that ended, and the audit
/// trail. An SQLite file; no key is ever in it.
///
/// A call returns when what it wrote would survive the loss of power.
package struct Journal: Sendable {
    private let queue: DatabaseQueue

    /// Opens the file, made with mode 0600 where there is none; `nil`: in memory, for what needs no journal.
    package init(path: String?) throws(JournalError) {
        var configuration = Configuration()
        // Somebody who reads the file with sqlite3 makes nobody lose a note.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            // Every commit is on the disk before it returns (SQLite: PRAGMA synchronous).
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        do {
            if let path {
                try JournalFile.prepare(path)
                queue = try DatabaseQueue(path: path, configuration: configuration)
                try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            } else {
                queue = try DatabaseQueue(configuration: configuration)
            }
            try JournalSchema.migrator.migrate(queue)
        } catch {
            throw JournalError(path: path ?? "memory", error)
        }
    }

    // MARK: Notes

    /// How many moves are remembered that a taker cancelled before it had promised anything.
    package static let cancelledLimit = 10_000

    /// Makes a note durable, in place of the party's earlier one.
    ///
    /// Names of moves are cheap to make up, and a taker writes down of each that it is cancelled for ever. The oldest of
    /// those are forgotten: without the taker's promise nobody can have sent it the final state of an SA, so that the worst
    /// that a message out of the past can do is to have contexts held for a minute.
    package func keep(_ note: MoveNote, cancelledLimit: Int = cancelledLimit) async throws {
        let row = NoteRow(note)
        try await write { try row.save($0, cancelledLimit: cancelledLimit) }
    }

    /// The last note of a party; `nil` where it never wrote one.
    package func note(_ key: MovePartyKey) async throws -> MoveNote? {
        try await read { try NoteRow.fetch($0, key) }
    }

    /// The last notes of all parties, the oldest first.
    package func notes() async throws -> [MoveNote] { try await read { try NoteRow.fetchAll($0) } }

    // MARK: Moves that ended

    /// Makes the report of a move that ended durable, in place of an earlier one.
    package func keep(_ move: ReportedMove) async throws {
        let (id, report) = (move.id.description, try APIMove(move).serializedBytes() as [UInt8])
        try await write { database in
            try database.execute(
                sql:
                    "INSERT INTO move (id, report) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET report = excluded.report",
                arguments: [id, Data(report)])
        }
    }

    /// The last moves that ended, the oldest first; only the one of that name where one is given.
    package func moves(_ id: MoveID? = nil, limit: Int) async throws -> [ReportedMove] {
        let rows = try await read { database in
            try Data.fetchAll(
                database,
                sql: "SELECT report FROM move WHERE ? IS NULL OR id = ? ORDER BY number DESC LIMIT ?",
                arguments: [id?.description, id?.description, limit])
        }
        return try rows.reversed().map { row in
            try JournalError.damage("report") { try APIMove(serializedBytes: row).model }
        }
    }

    // MARK: Audit trail

    /// Makes events durable under their numbers, which are greater than that of any before them; all or none.
    package func keep(_ events: [ReportedEvent]) async throws {
        let rows = try events.map { (event: $0, content: Data(try APIEvent($0).serializedBytes() as [UInt8])) }
        try await write { database in
            for (event, content) in rows {
                try database.execute(
                    sql: """
                        INSERT INTO event (number, clock, kind, actor, action, move, text, content)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        Int64(clamping: event.number), Int64(clamping: event.clock.milliseconds), event.kind.rawValue,
                        event.actor, event.action, event.move?.description, event.text, content,
                    ])
            }
        }
    }

    /// Events with a greater number than `after`, the oldest first; only those of one move where one is given.
    package func events(after: UInt64, move: MoveID? = nil, limit: Int) async throws -> [ReportedEvent] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, content FROM event WHERE number > ? AND (? IS NULL OR move = ?)
                    ORDER BY number LIMIT ?
                    """,
                arguments: [Int64(clamping: after), move?.description, move?.description, limit]
            ).map(Self.event)
        }
    }

    /// The last events, the oldest first.
    package func latestEvents(limit: Int) async throws -> [ReportedEvent] {
        try await read { database in
            try Row.fetchAll(
                database, sql: "SELECT number, content FROM event ORDER BY number DESC LIMIT ?", arguments: [limit]
            ).reversed().map(Self.event)
        }
    }

    private static func event(_ row: Row) throws -> ReportedEvent {
        try JournalError.damage("content") {
            var event = try APIEvent(serializedBytes: row["content"] as Data)
            event.number = UInt64(clamping: row["number"] as Int64)
            return try event.model
        }
    }

    // MARK: Access

    // GRDB's own async methods run on an actor with a dispatch queue as its executor. With Swift 6.3.1 on Linux two of
    // them at a time jumped to address 0; its methods with a completion do the same work on the same queue.

    func write<Value: Sendable>(
        _ updates: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWrite(updates) { _, result in continuation.resume(with: result) }
        }
    }

    func read<Value: Sendable>(
        _ value: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncRead { database in continuation.resume(with: Result { try value(database.get()) }) }
        }
    }
}
