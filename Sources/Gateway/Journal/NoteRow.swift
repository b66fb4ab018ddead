import ContextTransfer
import ForwardingPath
import Foundation
import GRDB
import IPsec

/// A note as a row of its table.
struct NoteRow: Sendable {
    private let note: MoveNote

    init(_ note: MoveNote) { self.note = note }

    /// Writes the note in place of the party's earlier one, whose SAs and applicant stand where this one knows none; keeps no
    /// more than `cancelledLimit` of those that ``JournalSchema/unpromised`` means.
    func save(_ database: Database, cancelledLimit: Int) throws {
        // As text: thousands of SAs are not read only to be written again.
        let earlier = try Row.fetchOne(
            database, sql: "SELECT identifiers, updates, requested_by, ends_by_use FROM note WHERE id = ? AND role = ?",
            arguments: [note.key.id.description, Int(note.key.role.rawValue)])
        func lines(_ own: [String], _ column: String) -> String {
            own.isEmpty ? earlier?[column] ?? "" : own.joined(separator: "\n")
        }
        let identifiers = lines(note.identifiers.map(IdentifierText.line), "identifiers")
        let updates = lines(note.updates.map(IdentifierText.line), "updates")
        let requestedBy = lines(note.requestedBy.isEmpty ? [] : [note.requestedBy], "requested_by")
        let (record, reason) = try RecordText.columns(note.record)
        let (subject, route) = (note.move.subject, note.move.route)
        // REPLACE gives a new number, so that notes are in the order of writing.
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO note
                (id, role, address, realm, holder, source, target, taker, requested_by, identifiers, record, reason,
                 move_group, mobile, updates, ends_by_use)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                note.key.id.description, Int(note.key.role.rawValue), subject.address.description,
                subject.realm.name, route.holder.text, route.source.text, route.target.text, route.taker.text,
                requestedBy, identifiers, record, reason,
                note.group?.description, route.mobile?.text ?? "",
                updates, note.endsByUse || earlier?["ends_by_use"] ?? false,
            ])
        guard case .cancelled = note.record, note.key.role == .taker, identifiers.isEmpty else { return }
        try database.execute(
            sql: """
                DELETE FROM note WHERE number IN (
                    SELECT number FROM note WHERE \(JournalSchema.unpromised) ORDER BY number DESC LIMIT -1 OFFSET ?
                )
                """, arguments: [cancelledLimit])
    }

    static func fetch(_ database: Database, _ key: MovePartyKey) throws -> MoveNote? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM note WHERE id = ? AND role = ?",
            arguments: [key.id.description, Int(key.role.rawValue)]
        ).map(note)
    }

    static func fetchAll(_ database: Database) throws -> [MoveNote] {
        try Row.fetchAll(database, sql: "SELECT * FROM note ORDER BY number").map(note)
    }

    private static func note(_ row: Row) throws(JournalError) -> MoveNote {
        let id: MoveID = try value(row, "id") { MoveID($0) }
        let role: MoveRole = try value(row, "role") { UInt8($0).flatMap(MoveRole.init) }
        let address: IPAddress = try value(row, "address") { IPAddress($0) }
        let realm: Realm = try value(row, "realm") { Realm($0) }
        let names = try ["holder", "source", "target", "taker"].map { column throws(JournalError) in
            try value(row, column) { NodeName($0[...]) }
        }
        let mobile: NodeName?? = try value(row, "mobile") { $0.isEmpty ? .some(nil) : NodeName($0[...]).map { $0 } }
        let lines: [String] = try value(row, "identifiers") { $0.split(separator: "\n").map(String.init) }
        let told: [String] = try value(row, "updates") { $0.split(separator: "\n").map(String.init) }
        return MoveNote(
            key: MovePartyKey(id: id, role: role),
            move: MoveDescription(
                id: id, subject: MoveSubject(address: address, realm: realm),
                route: MoveRoute(
                    holder: names[0], source: names[1], target: names[2], taker: names[3], mobile: mobile ?? nil)),
            record: try RecordText.record(try value(row, "record") { $0 }, Data.fromDatabaseValue(row["reason"])),
            identifiers: try lines.map { line throws(JournalError) in
                guard let identifier = IdentifierText.identifier(line[...]) else {
                    throw .damaged(column: "identifiers")
                }
                return identifier
            },
            updates: try told.map { line throws(JournalError) in
                guard let update = IdentifierText.update(line[...]) else { throw .damaged(column: "updates") }
                return update
            },
            requestedBy: try value(row, "requested_by") { $0 }, group: try group(row),
            endsByUse: try value(row, "ends_by_use") { $0 != "0" })
    }

    private static func group(_ row: Row) throws(JournalError) -> MoveID? {
        let content: DatabaseValue = row["move_group"]
        return content.isNull ? nil : try value(row, "move_group") { MoveID($0) }
    }

    /// What a column of text or of a number means.
    private static func value<Value>(
        _ row: Row, _ column: String, _ meaning: (String) -> Value?
    ) throws(JournalError) -> Value {
        let content: DatabaseValue = row[column]
        let text = String.fromDatabaseValue(content) ?? Int64.fromDatabaseValue(content).map { "\($0)" }
        guard let value = text.flatMap(meaning) else { throw .damaged(column: column) }
        return value
    }
}
