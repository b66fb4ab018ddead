import ContextTransfer
import Testing

@Suite("The queue of a drain")
struct DrainQueueTests {
    /// A queue of so many moves that has begun as many as it may, and their names.
    private static func begun(_ count: Int) -> (DrainQueue<Int>, [MoveID]) {
        var queue = DrainQueue(Array(0..<count))
        var number: UInt128 = 0
        let moves = queue.begin {
            number += 1
            return MoveID(number)
        }
        return (queue, moves.map(\.id))
    }

    @Test("no more moves are under way than may be, whatever becomes of them, and each is counted once")
    func bounded() {
        var (queue, names) = Self.begun(40)
        #expect(names.count == 32)
        #expect(queue.ended(names[0], completed: true) == true)
        #expect(queue.ended(names[0], completed: true) == false)
        #expect(queue.ended(names[1], completed: false) == true)
        var number: UInt128 = 100
        let next = queue.begin {
            number += 1
            return MoveID(number)
        }
        #expect(next.map(\.unit) == [32, 33])
        #expect([queue.running, queue.completed, queue.refused] == [32, 1, 1])
    }

    @Test("it is over with the last move, not before")
    func over() {
        var (queue, names) = Self.begun(2)
        #expect(queue.ended(names[1], completed: true) == true)
        #expect(queue.isUnderWay)
        #expect(queue.ended(names[0], completed: false) == true)
        #expect(!queue.isUnderWay)
    }

    @Test("a move of somebody else is none of the drain's")
    func foreign() {
        var (queue, _) = Self.begun(2)
        #expect(queue.ended(MoveID(7), completed: true) == false)
        #expect([queue.running, queue.moves] == [2, 2])
    }
}
