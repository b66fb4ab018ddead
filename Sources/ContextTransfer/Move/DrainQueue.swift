/// The moves of a drain that wait for their turn, and how far it is. Does no I/O and reads no clock.
///
/// Only so many are under way at a time: enough to keep all routers busy, few enough that a gateway can be stopped soon.
package struct DrainQueue<Unit: Sendable>: Sendable {
    /// How many moves are under way at a time.
    package static var limit: Int { 32 }

    /// How many moves it is made of.
    package let moves: Int
    /// Moves that are completed.
    package private(set) var completed = 0
    /// Moves that ended otherwise.
    package private(set) var refused = 0
    private var waiting: ArraySlice<Unit>
    private var underWay: [MoveID: Unit] = [:]

    /// - Parameter units: what moves, a move each, in the order of their turn.
    package init(_ units: [Unit]) { (moves, waiting) = (units.count, units[...]) }

    /// How many moves are under way.
    package var running: Int { underWay.count }
    /// Whether moves are under way, or wait.
    package var isUnderWay: Bool { !underWay.isEmpty || !waiting.isEmpty }

    /// The moves that may begin now.
    ///
    /// - Parameter name: gives each a name that no other move has.
    package mutating func begin(_ name: () -> MoveID) -> [(id: MoveID, unit: Unit)] {
        var begun: [(id: MoveID, unit: Unit)] = []
        while underWay.count < Self.limit, let unit = waiting.popFirst() {
            let id = name()
            underWay[id] = unit
            begun.append((id, unit))
        }
        return begun
    }

    /// Takes in that a move ended; `false` where it is none of the drain's that is under way.
    package mutating func ended(_ move: MoveID, completed isCompleted: Bool) -> Bool {
        guard underWay.removeValue(forKey: move) != nil else { return false }
        if isCompleted { completed += 1 } else { refused += 1 }
        return true
    }
}
