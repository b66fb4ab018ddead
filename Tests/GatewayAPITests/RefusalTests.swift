import ContextTransfer
import GatewayAPI
import IPsec
import SwiftProtobuf
import Testing

@Suite struct RefusalTests {
    @Test("a wrong field of an SA is refused by its name")
    func association() throws {
        try refuses(.invalid(field: "spi", value: "255")) { $0.identifier.spi = 255 }
        try refuses(.invalid(field: "destination", value: "300.1.1.1")) { $0.identifier.destination = "300.1.1.1" }
        try refuses(.unknownWord(field: "protocol", number: 0)) { $0.identifier.protocol = .unspecified }
        try refuses(.missing(field: "identifier")) { $0.clearIdentifier() }
        try refuses(.missing(field: "traffic")) { $0.clearTraffic() }
        try refuses(.invalid(field: "source", value: "")) { $0.source = "" }
        try refuses(.invalid(field: "suite", value: "des")) { $0.suite = "des" }
        try refuses(.invalid(field: "type", value: "6")) { $0.type = 6 }
        try refuses(.invalid(field: "window_size", value: "4097")) { $0.windowSize = 4_097 }
        try refuses(.invalid(field: "path_mtu", value: "65536")) { $0.traffic.pathMtu = 65_536 }
        try refuses(.invalid(field: "peer", value: "-")) { $0.peer = "-" }
        try refuses(.invalid(field: "moving", value: "xyz")) { $0.moving = "xyz" }
        try refuses(.unknownWord(field: "mode", number: 9)) { $0.mode = .UNRECOGNIZED(9) }
    }

    private func refuses(_ error: MessageError, _ spoil: (inout APIAssociation) -> Void) throws {
        var message = APIAssociation(try Sample.association())
        spoil(&message)
        let spoilt = message
        #expect(throws: error) { try spoilt.model }
    }

    @Test("a move that says too little is refused")
    func move() {
        var message = APIMove(Sample.move(.finished(.failed(.busy))))
        message.clearReason()
        let withoutReason = message
        #expect(throws: MessageError.missing(field: "reason")) { try withoutReason.model }
        #expect(throws: MessageError.missing(field: "route")) { try APIMove().model }
        #expect(throws: MessageError.missing(field: "change")) { try APIDelta().model }
        #expect(throws: MessageError.missing(field: "content")) { try APIWatchReply().model }
        #expect(throws: MessageError.missing(field: "move")) { try APIDecisionReply().model }
    }

    @Test("a clock that shows no time is refused wherever it comes", arguments: [UInt64(1 << 53) + 1, .max])
    func clocks(wrong: UInt64) throws {
        var description = APIDescription()
        (description.node, description.role, description.callerRole) = ("SG1", .securityGateway, .viewer)
        description.clockMs = 1 << 53
        #expect(try description.model.clock.milliseconds == 1 << 53)
        description.clockMs = wrong
        refuses("clock_ms", wrong, description)
        (description.clockMs, description.startedMs) = (1, wrong)
        refuses("started_ms", wrong, description)
        var phase = APIPhaseProgress()
        (phase.phase, phase.startMs) = (.plan, wrong)
        refuses("start_ms", wrong, phase)
        (phase.startMs, phase.endMs) = (1, wrong)
        refuses("end_ms", wrong, phase)
        refuses("clock_ms", wrong, APIWatchReply.with { $0.clockMs = wrong })
        refuses("clock_ms", wrong, APIEvent.with { $0.clockMs = wrong })
        refuses("expires_ms", wrong, APIPlanReply.with { $0.expiresMs = wrong })
    }

    private func refuses(_ field: String, _ value: UInt64, _ message: some WireMessage) {
        #expect(throws: MessageError.invalid(field: field, value: String(value))) { try message.model }
    }

    @Test("an error shows what came without its control characters, and shortened")
    func text() {
        let error = MessageError.invalid(field: "peer", value: "\u{1b}[2J" + String(repeating: "x", count: 200))
        #expect(!error.description.contains("\u{1b}"))
        #expect(error.description.utf8.count < 140)
    }

    @Test("octets that were tampered with give a value or an error, never a trap")
    func tampered() throws {
        var generator = Seeded(state: 1)
        let snapshot = WatchUpdate(clock: ClockTime(milliseconds: 1), .snapshot(try Sample.snapshot()))
        let changes = WatchUpdate(clock: ClockTime(milliseconds: 1), .changes(try Sample.changes()))
        for update in [snapshot, changes] {
            let whole: [UInt8] = try APIWatchReply(update).serializedBytes()
            for _ in 0..<2_000 {
                var octets = whole
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    octets[Int.random(in: octets.indices, using: &generator)] = .random(in: 0...255, using: &generator)
                }
                guard let message = try? APIWatchReply(serializedBytes: octets) else { continue }
                // A value is as good as an error here.
                _ = try? message.model
            }
        }
    }

    /// The same numbers in each run (SplitMix64).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            let mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            let again = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return again ^ (again >> 31)
        }
    }
}
