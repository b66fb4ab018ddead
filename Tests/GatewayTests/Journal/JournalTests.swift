import ContextTransfer
import ForwardingPath
import Foundation
import GRDB
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Journal")
struct JournalTests {
    private let path = FileManager.default.temporaryDirectory.path + "/ferry-journal-\(UUID().uuidString).sqlite"

    private func note(
        _ record: MoveRecord, _ role: MoveRole = .taker, of id: UInt128 = 0x1234,
        identifiers: [SAIdentifier] = Pair.identifiers, by: String = "alice", endsByUse: Bool = false
    ) -> MoveNote {
        let move = MoveDescription(
            id: MoveID(id), subject: MoveSubject(address: IPAddress(v4: 192, 0, 2, 1)), route: LoneNode.route)
        return MoveNote(
            key: MovePartyKey(id: move.id, role: role), move: move, record: record, identifiers: identifiers,
            requestedBy: by, endsByUse: endsByUse)
    }

    private static let reasons: [MoveReason] = [
        .spiInUse, .unsupported("x"), .noCapacity, .noAssociation, .associationChanged, .expired,
        .notApproved(by: "bob"), .aborted(by: "bob"), .timeout(.holder), .timeout(.taker), .restarted(.source),
        .restarted(.target), .unknownMove, .busy, .failure("its own words\nin two lines"),
    ]
    private static let records: [MoveRecord] =
        [
            .started, .switching, .sealed, .mayBeSent, .installing, .installed, .lost, .finished(.completed), .ending,
            .closed(.released), .closed(.kept), .closed(.ended), .released,
        ]
        + reasons.flatMap { reason -> [MoveRecord] in
            [
                .cancelled(reason), .finished(.refused(reason)), .finished(.aborted(reason)),
                .finished(.failed(reason)), .finished(.ended(reason)),
            ]
        }

    @Test("a note of every record and reason is read as it was written", arguments: records)
    func roundTrip(record: MoveRecord) async throws {
        let journal = try Journal(path: nil)
        try await journal.keep(note(record))
        #expect(try await journal.notes() == [note(record)])
        #expect(try await journal.note(note(record).key) == note(record))
        #expect(try await journal.note(MovePartyKey(id: MoveID(0x1234), role: .source)) == nil)
    }

    @Test(
        "an identifier of any realm, address and protocol is read as it was written",
        arguments: [
            "", "blue", "two words", "a\nb", "\r", "50% \u{301}é", "日本",
        ])
    func realms(name: String) async throws {
        let realm = try #require(Realm(name))
        let address = try #require(IPAddress("2001:db8::1"))
        let identifiers = try [SecurityProtocol.esp, .ah].map { kind in
            SAIdentifier(
                spi: try #require(SPI(0xffff_fffe)), destination: address, securityProtocol: kind, realm: realm)
        }
        let journal = try Journal(path: nil)
        try await journal.keep(note(.installed, identifiers: identifiers))
        #expect(try await journal.notes().map(\.identifiers) == [identifiers])
    }

    @Test(
        "notes come in the order of writing; a later one keeps what it does not know: SAs, applicant, and how they may end"
    )
    func order() async throws {
        let journal = try Journal(path: nil)
        try await journal.keep(note(.installing, of: 1, endsByUse: true))
        try await journal.keep(note(.mayBeSent, .holder, of: 2))
        try await journal.keep(note(.cancelled(.busy), of: 1, identifiers: [], by: ""))
        #expect(
            try await journal.notes() == [
                note(.mayBeSent, .holder, of: 2), note(.cancelled(.busy), of: 1, endsByUse: true),
            ])
    }

    @Test("of moves that a taker cancelled before it promised anything the latest are kept; all others are")
    func unpromised() async throws {
        let journal = try Journal(path: nil)
        try await journal.keep(note(.installing, of: 1), cancelledLimit: 3)
        try await journal.keep(note(.cancelled(.busy), of: 1, identifiers: []), cancelledLimit: 3)
        try await journal.keep(note(.finished(.aborted(.busy)), .source, of: 2, identifiers: []), cancelledLimit: 3)
        for id in UInt128(10)..<20 {
            try await journal.keep(note(.cancelled(.unknownMove), of: id, identifiers: []), cancelledLimit: 3)
        }
        #expect(try await journal.notes().map(\.key.id) == [1, 2, 17, 18, 19].map { MoveID($0) })
        // One that is written again is the latest.
        try await journal.keep(note(.cancelled(.unknownMove), of: 17, identifiers: []), cancelledLimit: 3)
        try await journal.keep(note(.cancelled(.unknownMove), of: 20, identifiers: []), cancelledLimit: 3)
        #expect(try await journal.notes().map(\.key.id) == [1, 2, 19, 17, 20].map { MoveID($0) })
    }

    @Test("a stack is the one that the notes speak of only after its life was kept, and no other one is")
    func life() async throws {
        let journal = try Journal(path: nil)
        #expect(try await journal.survived("one") == false)
        #expect(try await journal.survived("one") == false, "asking keeps nothing")
        try await journal.keep(stackLife: "one")
        #expect(try await journal.survived("one"))
        #expect(try await journal.survived("two") == false)
        #expect(try await journal.survived(nil) == false)
        try await journal.keep(stackLife: nil)
        #expect(try await journal.survived("one") == false)
    }

    @Test("notes and events that are written at the same time are all kept")
    func atOnce() async throws {
        let journal = try Journal(path: nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { try await journal.keep(note(.installed, of: UInt128(number))) }
                group.addTask { try await journal.keep([event(UInt64(number) + 1)]) }
            }
            try await group.waitForAll()
        }
        #expect(try await journal.notes().count == 200)
        #expect(try await journal.latestEvents(limit: 1_000).map(\.number) == Array(1...200))
    }

    private func event(_ number: UInt64) -> ReportedEvent {
        ReportedEvent(
            number: number, clock: ClockTime(milliseconds: 1), kind: .alarm, actor: "alice", action: "a",
            associations: ["up"], move: MoveID(7), command: "ferry", text: "t")
    }

    @Test("a journal that is opened again has all that was in it, and nobody else may read its file")
    func again() async throws {
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let report = ReportedMove(
            id: MoveID(7), names: ["up"], route: LoneNode.route, state: .finished(.completed), requestedBy: "alice",
            isAbortable: false)
        do {
            let journal = try Journal(path: path)
            try await journal.keep(note(.released))
            try await journal.keep(report)
            try await journal.keep((1...3).map { event($0) })
        }
        let journal = try Journal(path: path)
        #expect(try await journal.notes() == [note(.released)])
        #expect(try await journal.moves(limit: 10) == [report])
        #expect(try await journal.moves(MoveID(8), limit: 10) == [])
        #expect(try await journal.latestEvents(limit: 2) == [event(2), event(3)])
        #expect(try await journal.events(after: 1, move: MoveID(7), limit: 1) == [event(2)])
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(
        "a row that somebody damaged is an error that names the column",
        arguments: [
            ("id", "'xyz'"), ("role", "9"), ("role", "'a'"), ("role", "-1"), ("address", "x'ff00'"), ("holder", "''"),
            ("identifiers", "'esp 0x1 a b'"), ("record", "'finished'"), ("reason", "x'ff'"), ("reason", "NULL"),
        ])
    func damaged(column: String, value: String) async throws {
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let journal = try Journal(path: path)
        try await journal.keep(note(.finished(.failed(.busy))))
        try await DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE note SET \(column) = \(value)") }
        let named = value == "NULL" ? "record" : column
        await #expect(throws: JournalError.damaged(column: named)) { try await journal.notes() }
    }

    @Test("a file that cannot be used is an error with its path")
    func unusable() {
        #expect(throws: JournalError.self) { try Journal(path: "/nowhere/at/all.sqlite") }
    }

    @Test("no key of a move is in the file", .timeLimit(.minutes(1)))
    func noKey() async throws {
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        let journal = try Journal(path: path)
        let node = LoneNode("SG2", journal: journal)
        try await node.run {
            await node.hears(.prepare(Pair.contexts), from: .target, as: .taker)
            #expect(await node.says() == .prepared(Pair.accepted))
            await node.hears(.transfer(Pair.dynamics, elapsed: .zero), from: .target, as: .taker)
            #expect(await node.says() == .settled(.installed))
            await node.hears(.release, from: .target, as: .taker)
            await node.says(until: .released)
        }
        #expect(try await journal.notes().map(\.record) == [.released])
        var octets = Data()
        for suffix in ["", "-wal"] { octets += try Data(contentsOf: URL(filePath: path + suffix)) }
        #expect(octets.range(of: Data("192.0.2.3".utf8)) != nil)
        for association in Pair.associations {
            let key = association.attributes.keys.encryptionKey.withOctets { Data($0) }
            for start in stride(from: 0, through: key.count - 8, by: 4) {
                #expect(octets.range(of: key[start..<start + 8]) == nil)
            }
        }
    }
}
