package import ContextTransfer
import Foundation
import GRDB
import GatewayAPI
import SwiftProtobuf

extension Journal {
    /// Makes durable which drain is under way, in the place of any other.
    package func keep(drain note: DrainNote) async throws {
        let row = (
            note.id.description, note.requestedBy, Int64(clamping: note.start.milliseconds), note.paths,
            try APIDrainRequest(note.order).serializedBytes() as [UInt8]
        )
        try await write { database in
            let (id, requestedBy, start, paths, content) = row
            try database.execute(sql: "DELETE FROM drain")
            try database.execute(
                sql: "INSERT INTO drain (id, requested_by, start, paths, content) VALUES (?, ?, ?, ?, ?)",
                arguments: [id, requestedBy, start, paths, Data(content)])
        }
    }

    /// Makes durable that a drain is not gone on with; of another one the note stays.
    package func forget(drain id: MoveID) async throws {
        let name = id.description
        try await write { database in
            try database.execute(sql: "DELETE FROM drain WHERE id = ?", arguments: [name])
        }
    }

    /// The drain that is under way, or was when the daemon ended; `nil` where none was.
    package func drain() async throws -> DrainNote? {
        let row = try await read { database in
            try Row.fetchOne(database, sql: "SELECT id, requested_by, start, paths, content FROM drain").map { row in
                (
                    id: row["id"] as String, by: row["requested_by"] as String, start: row["start"] as Int64,
                    paths: row["paths"] as String,
                    content: row["content"] as Data
                )
            }
        }
        guard let row else { return nil }
        return try JournalError.damage("drain") {
            guard let id = MoveID(row.id) else { throw MessageError.invalid(field: "id", value: row.id) }
            return DrainNote(
                id: id, order: try APIDrainRequest(serializedBytes: row.content).model,
                requestedBy: row.by,
                start: ClockTime(milliseconds: UInt64(clamping: row.start)), paths: row.paths)
        }
    }
}
