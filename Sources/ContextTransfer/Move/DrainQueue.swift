/// The moves of a drain that wait for their turn, and how far it is. Does no I/O and reads no clock.
///
/// Only so many are under way at a time: enough to keep all routers busy, few enough that a gateway can be stopped soon.
package struct DrainQueue<Unit: Sendable>: Sendable {
    /// How many moves are under way at a time.
    package let limit: Int
    /// How many units it is made of; each is in one of the counts below, is under way, or waits.
    package let moves: Int
    /// Units that are completed.
    package private(set) var completed = 0
    /// Units that nobody took, or to which an operator did not agree.
    package private(set) var refused = 0
    /// Units whose move ended before the switch.
    package private(set) var aborted = 0
    /// Units whose move failed.
    package private(set) var failed = 0
    /// Units that never begin, because the drain was stopped.
    package private(set) var leftOut = 0
    private var waiting: ArraySlice<Unit>
    /// Those that are tried once more, the next one last: they come before the others.
    private var again: [Unit] = []
    private var underWay: [MoveID: Unit] = [:]
    private var isStopped = false

    /// - Parameter units: what moves, a move each, in the order of their turn.
    package init(_ units: [Unit], limit: Int = 32) {
        (moves, waiting, self.limit) = (units.count, units[...], limit)
    }

    /// How many moves are under way.
    package var running: Int { underWay.count }
    /// Whether moves are under way, or wait.
    package var isUnderWay: Bool { !underWay.isEmpty || !waiting.isEmpty || !again.isEmpty }

    /// The unit that a move under way is of; `nil` for a move of somebody else.
    package subscript(move: MoveID) -> Unit? { underWay[move] }

    /// The moves that may begin now.
    ///
    /// - Parameter name: gives each a name that no other move has.
    package mutating func begin(_ name: () -> MoveID) -> [(id: MoveID, unit: Unit)] {
        var begun: [(id: MoveID, unit: Unit)] = []
        while underWay.count < limit, let unit = again.popLast() ?? waiting.popFirst() {
            let id = name()
            underWay[id] = unit
            begun.append((id, unit))
        }
        return begun
    }

    /// Takes in how a move ended; `false` where it is none of the drain's that is under way.
    package mutating func ended(_ move: MoveID, _ outcome: MoveOutcome) -> Bool {
        guard underWay.removeValue(forKey: move) != nil else { return false }
        switch outcome {
        case .completed: completed += 1
        case .refused: refused += 1
        case .aborted: aborted += 1
        case .failed, .ended: failed += 1
        }
        return true
    }

    /// A move came to nothing, and its unit is to be tried in another way: that is the next one. `false`, and nothing
    /// changes, where the drain was stopped, or the move is none of its that is under way.
    package mutating func retry(_ move: MoveID, as unit: Unit) -> Bool {
        guard !isStopped, underWay.removeValue(forKey: move) != nil else { return false }
        again.append(unit)
        return true
    }

    /// Nothing more begins; what is under way goes on.
    package mutating func stop() {
        leftOut += waiting.count + again.count
        (waiting, again, isStopped) = ([], [], true)
    }
}
