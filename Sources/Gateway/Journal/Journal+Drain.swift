import ContextTransfer
import Foundation
import GRDB
import GatewayAPI
import SwiftProtobuf

extension Journal {
    /// Makes durable which drain is under way; `nil`: none is.
    package func keep(drain note: DrainNote?) async throws {
        let row = try note.map {
            (
                $0.id.description, $0.requestedBy, Int64(clamping: $0.start.milliseconds),
                try APIDrainRequest($0.order).serializedBytes() as [UInt8]
            )
        }
        try await write { database in
            try database.execute(sql: "DELETE FROM drain")
            guard let (id, requestedBy, start, content) = row else { return }
            try database.execute(
                sql: "INSERT INTO drain (id, requested_by, start, content) VALUES (?, ?, ?, ?)",
                arguments: [id, requestedBy, start, Data(content)])
        }
    }

    /// The drain that is under way, or was when the daemon ended; `nil` where none was.
    package func drain() async throws -> DrainNote? {
        let row = try await read { database in
            try Row.fetchOne(database, sql: "SELECT id, requested_by, start, content FROM drain").map { row in
                (
                    id: row["id"] as String, by: row["requested_by"] as String, start: row["start"] as Int64,
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
                start: ClockTime(milliseconds: UInt64(clamping: row.start)))
        }
    }
}
