import ContextTransfer
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Journal")
struct JournalTests {
    private static let move = MoveDescription(
        id: MoveID(0x1234), subject: MoveSubject(address: IPAddress(v4: 192, 0, 2, 1)),
        route: MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2"))

    private static func note(
        _ record: MoveRecord, _ role: MoveRole = .taker, of id: UInt128 = 0x1234
    ) throws -> MoveNote {
        let identifier = SAIdentifier(
            spi: try #require(SPI(0x1001)), destination: IPAddress(v4: 192, 0, 2, 3), securityProtocol: .esp)
        let move = MoveDescription(id: MoveID(id), subject: move.subject, route: move.route)
        return MoveNote(
            key: MovePartyKey(id: move.id, role: role), move: move, record: record, identifiers: [identifier],
            requestedBy: "alice")
    }

    @Test("notes and events that are written at the same time are all kept")
    func atOnce() async throws {
        let journal = try Journal(path: nil)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask { try await journal.keep(try Self.note(.installed, of: UInt128(number))) }
                group.addTask {
                    try await journal.keep(
                        ReportedEvent(
                            number: UInt64(number) + 1, clock: ClockTime(milliseconds: 1), kind: .log, action: "a",
                            text: "t"))
                }
            }
            try await group.waitForAll()
        }
        #expect(try await journal.notes().count == 200)
        #expect(try await journal.latestEvents(limit: 1_000).map(\.number) == Array(1...200))
    }
}
