import ContextTransfer
import ForwardingPath
import GatewayAPI

/// The drain of this gateway that is under way, or the last one: what waits, what was ordered, and what is told of it.
struct Drain {
    let note: DrainNote
    private(set) var queue: DrainQueue<DrainUnit>
    private(set) var report: ReportedDrain
    /// Whether a restart interrupted it, and it is not gone on with yet: nothing of it begins.
    private(set) var isInterrupted: Bool
    /// What becomes of each of its units, by their numbers, and before them what cannot move.
    private(set) var record: DrainRecord

    /// - Parameters:
    ///   - stuck: what would have to leave and cannot.
    ///   - report: its beginning, of which the counts of moves are this value's to say.
    init(_ note: DrainNote, _ units: [DrainUnit], stuck: [StuckAssociation], _ report: ReportedDrain) {
        var units = units
        for index in units.indices { units[index].number = stuck.count + index + 1 }
        (self.note, queue, self.report, isInterrupted) = (note, DrainQueue(units), report, false)
        record = DrainRecord(units, stuck: stuck)
        self.report.users = Set(units.map(\.user)).count
    }

    /// One that a restart interrupted: what is left of it is not known yet.
    init(interrupted note: DrainNote, at gateway: NodeName) {
        (self.note, queue, isInterrupted, record) = (note, DrainQueue([]), true, DrainRecord([], stuck: []))
        report = ReportedDrain(
            gateway: gateway, requestedBy: note.requestedBy, start: note.start, moves: 0, associations: 0, staying: 0)
    }

    /// What names it in its moves.
    var id: MoveID { note.id }
    var order: MoveOrder { note.order }
    var isUnderWay: Bool { report.end == nil }

    /// The moves that may begin now, each with its name.
    mutating func begin() -> [(id: MoveID, unit: DrainUnit)] {
        defer { count() }
        let begun = queue.begin(MoveID.random)
        for (id, unit) in begun { record.begin(unit, id) }
        return begun
    }

    /// Takes in how a move ended; `false` where it is none of the drain's.
    mutating func ended(_ move: MoveID, _ outcome: MoveOutcome, at clock: ClockTime) -> Bool {
        guard let unit = queue[move], queue.ended(move, outcome) else { return false }
        record.end(unit, move, outcome)
        report.count(unit, outcome)
        count()
        endIfDone(at: clock)
        return true
    }

    /// A move was refused, and its SAs are tried in another way; `false` where the drain was stopped.
    mutating func retry(_ move: MoveID, as unit: DrainUnit) -> Bool {
        defer { count() }
        guard queue.retry(move, as: unit) else { return false }
        record.wait(unit)
        return true
    }

    /// Nothing more begins.
    mutating func stop(by operator: String, at clock: ClockTime) {
        queue.stop()
        record.stop()
        report.stoppedBy = `operator`
        count()
        endIfDone(at: clock)
    }

    /// One that has nothing to move, or that a restart interrupted, is over without another move.
    mutating func giveUp(at clock: ClockTime) { endIfDone(at: clock) }

    private mutating func endIfDone(at clock: ClockTime) {
        guard !queue.isUnderWay else { return }
        report.end = report.end ?? clock
        isInterrupted = false
    }

    private mutating func count() {
        (report.completed, report.refused, report.running) = (queue.completed, queue.refused, queue.running)
        (report.aborted, report.failed, report.leftOut) = (queue.aborted, queue.failed, queue.leftOut)
    }
}

extension ReportedDrain {
    /// A unit is at its taker now, or its SAs count as what they came to.
    fileprivate mutating func count(_ unit: DrainUnit, _ outcome: MoveOutcome) {
        switch outcome {
        case .completed: count(unit)
        case .refused: refusedAssociations += unit.names.count
        case .aborted: abortedAssociations += unit.names.count
        case .failed, .ended: failedAssociations += unit.names.count
        }
    }

    private mutating func count(_ unit: DrainUnit) {
        let index = targets.firstIndex { $0.gateway >= unit.taker } ?? targets.endIndex
        if index == targets.endIndex || targets[index].gateway != unit.taker {
            targets.insert(DrainTarget(gateway: unit.taker, moves: 0, associations: 0), at: index)
        }
        targets[index].moves += 1
        targets[index].associations += unit.names.count
    }
}
