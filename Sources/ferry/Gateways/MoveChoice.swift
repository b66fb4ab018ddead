import ContextTransfer
package import GatewayAPI

/// Finds the move that an operator means.
package enum MoveChoice {
    /// The one whose name begins with `prefix`; without a prefix the only one that waits for the decision.
    ///
    /// Each move is in `moves` once. Throws ``CommandStatus/usage``, with the moves there are to choose from.
    package static func choose(
        _ prefix: String?, for decision: Decision, among moves: [Told<ReportedMove>]
    ) throws(CommandFailure) -> Told<ReportedMove> {
        if let prefix { return try named(prefix.lowercased(), among: moves) }
        let fitting = moves.filter { decision.fits($0.thing) }
        guard let only = fitting.first else {
            throw CommandFailure(.usage, "there is no move to \(decision.rawValue): see ferry get moves")
        }
        // What is decided about one of a group is decided about all.
        guard Set(fitting.map { $0.thing.group ?? $0.thing.id }).count == 1 else {
            throw CommandFailure(
                .usage, "there are \(fitting.count) moves to \(decision.rawValue), so say which: \(list(fitting))")
        }
        return only
    }

    private static func named(
        _ prefix: String, among moves: [Told<ReportedMove>]
    ) throws(CommandFailure) -> Told<ReportedMove> {
        guard !prefix.isEmpty, prefix.utf8.count <= 32, prefix.allSatisfy(\.isHexDigit) else {
            throw CommandFailure(.usage, "\(prefix) is not the name of a move: it has 1 to 32 hexadecimal digits")
        }
        let fitting = moves.filter { $0.thing.id.description.hasPrefix(prefix) }
        guard let only = fitting.first else {
            throw CommandFailure(.usage, "there is no move \(prefix): see ferry get moves")
        }
        guard fitting.count == 1 else {
            throw CommandFailure(.usage, "\(fitting.count) moves begin with \(prefix): \(list(fitting))")
        }
        return only
    }

    private static func list(_ moves: [Told<ReportedMove>]) -> String {
        moves.map { "\($0.thing.id) (\($0.thing.names.prefix(3).joined(separator: ", ")))" }.joined(separator: "; ")
    }
}
