import ContextTransfer
import GatewayAPI

/// What becomes of each unit of a drain, a line each, after those of SAs for which there is no move: kept until another
/// drain begins or the daemon ends.
struct DrainRecord {
    /// How many lines are kept, the first ones of a drain; the others are counted only.
    static let limit = 100_000

    /// By their numbers.
    private(set) var lines: [ReportedDrained]

    /// Of units that are numbered from one more on than there are SAs that cannot move.
    init(_ units: [DrainUnit], stuck: [StuckAssociation]) {
        lines = stuck.prefix(Self.limit).enumerated().map { index, stuck in
            ReportedDrained(
                number: UInt64(index + 1), user: stuck.user, names: [stuck.name], to: nil,
                standing: .over(.refused(.failure(stuck.reason)), nil))
        }
        lines += units.prefix(Self.limit - lines.count).map { unit in
            ReportedDrained(
                number: UInt64(unit.number), user: unit.user, names: unit.names, to: unit.taker,
                isRenegotiated: unit.isRenewal)
        }
    }

    mutating func begin(_ unit: DrainUnit, _ move: MoveID) { set(unit, .underWay(move)) }

    /// It is the next one's turn, or its turn comes again.
    mutating func wait(_ unit: DrainUnit) { set(unit, .waiting) }

    mutating func end(_ unit: DrainUnit, _ move: MoveID, _ outcome: MoveOutcome) { set(unit, .over(outcome, move)) }

    /// What waits does not begin.
    mutating func stop() {
        for index in lines.indices where lines[index].standing == .waiting { lines[index].standing = .leftOut }
    }

    private mutating func set(_ unit: DrainUnit, _ standing: ReportedDrained.Standing) {
        guard lines.indices.contains(unit.number - 1) else { return }
        lines[unit.number - 1].standing = standing
        (lines[unit.number - 1].to, lines[unit.number - 1].isRenegotiated) = (unit.taker, unit.isRenewal)
    }
}
