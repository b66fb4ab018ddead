import Foundation

/// What the lab found.
struct LabReport: Codable {
    struct Move: Codable {
        var `case`: String
        var sent: Int
        var lost: Int
        var duplicated: Int
        var replayOffered: Int
        var replayAccepted: Int
        /// The longest gap in one direction.
        var gapMilliseconds: Double
        /// What MN's charon sent and received meanwhile.
        var ikeMessages: Int
    }

    var moves: [Move] = []
    var gap: [GapReport] = []
    var kills: [KillReport] = []
    /// The same of those that were asked to end.
    var stops: [KillReport] = []
    var stack: StackReport?
    var charon: CharonFindings?
    var direct: DirectReport?
    var bulk: BulkReport?
    /// Packets that passed on MN's link unprotected, by case.
    var clear: [String: Int] = [:]
    /// Cases that could not be played to their end, with the reason.
    var stopped: [String] = []

    /// What must not be, as sentences.
    var faults: [String] {
        stopped + gap.flatMap(\.faults) + (kills + stops).flatMap(\.faults) + (stack?.faults ?? [])
            + (charon?.faults ?? [])
            + (direct?.faults ?? []) + (bulk?.faults ?? [])
            + clear.filter { $0.value > 0 }.map { "\($0.key): \($0.value) packets were sent in the clear" }.sorted()
            + moves.flatMap { move in
                [
                    move.sent < 1_000 ? "\(move.case): only \(move.sent) packets were sent" : nil,
                    move.lost > 0 ? "\(move.case): \(move.lost) packets were lost" : nil,
                    move.duplicated > 0 ? "\(move.case): \(move.duplicated) packets came twice" : nil,
                    move.replayOffered == 0 ? "\(move.case): nothing was replayed" : nil,
                    move.replayAccepted > 0
                        ? "\(move.case): \(move.replayAccepted) replayed packets were accepted" : nil,
                    move.ikeMessages > 0 ? "\(move.case): MN's charon exchanged \(move.ikeMessages) messages" : nil,
                ].compactMap(\.self)
            }
    }

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }
}
