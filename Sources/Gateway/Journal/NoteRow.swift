import ContextTransfer
import ForwardingPath
import Foundation
import GRDB
import IPsec

/// A note as a row of its table.
struct NoteRow: Sendable {
    private let note: MoveNote

    init(_ note: MoveNote) { self.note = note }

    /// Writes the note in place of the party's earlier one, whose SAs and applicant stand where this one knows none.
    func save(_ database: Database) throws {
        let earlier = try Self.fetch(database, note.key)
        let identifiers = note.identifiers.isEmpty ? earlier?.identifiers ?? [] : note.identifiers
        let requestedBy = note.requestedBy.isEmpty ? earlier?.requestedBy ?? "" : note.requestedBy
        let (record, reason) = try RecordText.columns(note.record)
        let (subject, route) = (note.move.subject, note.move.route)
        // REPLACE gives a new number, so that notes are in the order of writing.
        try database.execute(
            sql: """
                INSERT OR REPLACE INTO note
                (id, role, address, realm, holder, source, target, taker, requested_by, identifiers, record, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                note.key.id.description, Int(note.key.role.rawValue), subject.address.description,
                subject.realm.name, route.holder.text, route.source.text, route.target.text, route.taker.text,
                requestedBy, identifiers.map(IdentifierText.line).joined(separator: "\n"), record, reason,
            ])
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

    private static func note(_ row: Row) throws -> MoveNote {
        func node(_ column: String) throws -> NodeName {
            try valid(NodeName((row[column] as String)[...]), column)
        }
        let id = try valid(MoveID(row["id"] as String), "id")
        let role = try valid(MoveRole(rawValue: row["role"]), "role")
        let address = try valid(IPAddress(row["address"] as String), "address")
        let realm = try valid(Realm(row["realm"] as String), "realm")
        let route = MoveRoute(
            holder: try node("holder"), source: try node("source"), target: try node("target"),
            taker: try node("taker"))
        let lines = (row["identifiers"] as String).split(separator: "\n")
        return MoveNote(
            key: MovePartyKey(id: id, role: role),
            move: MoveDescription(id: id, subject: MoveSubject(address: address, realm: realm), route: route),
            record: try RecordText.record(row["record"], row["reason"]),
            identifiers: try lines.map { try valid(IdentifierText.identifier($0), "identifiers") },
            requestedBy: row["requested_by"])
    }

    private static func valid<Value>(_ value: Value?, _ column: String) throws -> Value {
        guard let value else { throw JournalError.damaged(column: column) }
        return value
    }
}
