import ContextTransfer
import Foundation
import GatewayAPI
import SwiftProtobuf

/// A record as two columns: words that a person can read, and the reason where there is one.
enum RecordText {
    static func columns(_ record: MoveRecord) throws -> (String, Data?) {
        switch record {
        case .started: ("started", nil)
        case .switching: ("switching", nil)
        case .sealed: ("sealed", nil)
        case .mayBeSent: ("may be sent", nil)
        case .installing: ("installing", nil)
        case .installed: ("installed", nil)
        case .cancelled(let reason): ("cancelled", try data(reason))
        case .lost: ("lost", nil)
        case .finished(let outcome): ("finished \(outcome.name)", try outcome.reason.map(data))
        case .ending: ("ending", nil)
        case .closed(.released): ("closed released", nil)
        case .closed(.kept): ("closed kept", nil)
        case .closed(.ended): ("closed ended", nil)
        case .released: ("released", nil)
        }
    }

    static func record(_ words: String, _ reason: Data?) throws(JournalError) -> MoveRecord {
        let reason = try JournalError.damage("reason") { try reason.map { try APIReason(serializedBytes: $0).model } }
        return switch (words, reason) {
        case ("started", nil): .started
        case ("switching", nil): .switching
        case ("sealed", nil): .sealed
        case ("may be sent", nil): .mayBeSent
        case ("installing", nil): .installing
        case ("installed", nil): .installed
        case ("cancelled", let reason?): .cancelled(reason)
        case ("lost", nil): .lost
        case ("finished completed", nil): .finished(.completed)
        case ("finished refused", let reason?): .finished(.refused(reason))
        case ("finished aborted", let reason?): .finished(.aborted(reason))
        case ("finished failed", let reason?): .finished(.failed(reason))
        case ("finished ended", let reason?): .finished(.ended(reason))
        case ("ending", nil): .ending
        case ("closed released", nil): .closed(.released)
        case ("closed kept", nil): .closed(.kept)
        case ("closed ended", nil): .closed(.ended)
        case ("released", nil): .released
        default: throw .damaged(column: "record")
        }
    }

    private static func data(_ reason: MoveReason) throws -> Data { try APIReason(reason).serializedData() }
}
