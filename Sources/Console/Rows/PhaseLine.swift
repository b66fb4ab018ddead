import ContextTransfer
import GatewayAPI
import Terminal

/// One phase of a move as it is listed: whether it is over, how far it is and how long it took.
struct PhaseLine {
    /// Over, under way, waited for, or still to come.
    enum Standing { case over, running, waiting, failed, ahead }

    /// What the mark of a phase looks like in which a move ended: as the move's own.
    private let ending: Role
    /// Which phase.
    let phase: MovePhase
    /// Where it stands.
    let standing: Standing
    /// How many SAs are done; `nil` before it begins.
    let progress: PhaseProgress?
    /// How long it took, or takes so far.
    let milliseconds: UInt64?

    /// All nine, in order.
    static func all(of row: MergedMove, in scene: Scene) -> [PhaseLine] {
        let clock = scene.fleet[row.reporter]?.clock(at: scene.now) ?? scene.now
        return MovePhase.allCases.map { phase in
            let progress = row.move.phases.last { $0.phase == phase }
            return PhaseLine(
                ending: .move(row.move), phase: phase, standing: standing(of: phase, progress, in: row),
                progress: progress,
                milliseconds: progress.flatMap { progress in
                    if progress.end == nil && (row.isStale || row.isOver || row.reached.map { phase < $0 } ?? false) {
                        return nil
                    }
                    return Span.milliseconds(from: progress.start, to: progress.end ?? max(clock, progress.start))
                })
        }
    }

    /// The glyph before it.
    var mark: CellText {
        switch standing {
        case .over: CellText("", Role("move.done"), cue: true)
        case .running: CellText("", Role(phase.pausesTraffic ? "move.switching" : "move.preparing"), cue: true)
        case .waiting: CellText("", Role("move.waiting"), cue: true)
        case .failed: CellText("", ending, cue: true)
        case .ahead: CellText("", .phaseToDo, cue: true)
        }
    }

    /// `prepare    2/2   12 ms`.
    var text: String {
        let name = phase.name + String(repeating: " ", count: max(1, 10 - phase.name.count))
        return name + Self.padded(counts, 6) + " " + Self.padded(time, 8)
    }

    /// `1/2`, or nothing before it begins or when it is about no SAs.
    var counts: String {
        guard let progress, progress.total > 0, standing != .over || progress.end != nil else { return "" }
        return "\(progress.done)/\(progress.total)"
    }

    /// `12 ms`, or nothing before it begins.
    var time: String { milliseconds.map { Span.fine(milliseconds: $0) } ?? "" }

    /// 0…1.
    var fraction: Double {
        guard let progress else { return 0 }
        if progress.end != nil { return 1 }
        return progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
    }

    private static func standing(of phase: MovePhase, _ progress: PhaseProgress?, in row: MergedMove) -> Standing {
        if case .stepping(before: phase) = row.move.state { return .waiting }
        if case .awaitingApproval = row.move.state, phase == .approve { return .waiting }
        guard let progress else {
            if case .finished(.completed) = row.move.state { return .over }
            return row.reached.map { phase < $0 } ?? false ? .over : .ahead
        }
        if case .stepping(before: let next) = row.move.state, phase < next { return .over }
        if case .finished(let outcome) = row.move.state, outcome != .completed, phase == row.reached,
            progress.done < progress.total
        {
            return .failed
        }
        if progress.end != nil { return .over }
        switch row.move.state {
        case .finished(.completed): return .over
        case .finished: return .failed
        case .queued, .running, .awaitingApproval, .stepping, .settling: return .running
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
