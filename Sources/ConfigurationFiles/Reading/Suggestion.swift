/// The word that a person probably meant.
package struct Suggestion {
    /// One of those that are known.
    package let word: String

    /// The known word with the fewest differences; `nil` when all differ too much.
    package init?(for text: String, among known: [String]) {
        guard text.utf8.count <= 40 else { return nil }
        let ranked = known.map { ($0, Self.distance(Array(text.lowercased().utf8), Array($0.lowercased().utf8))) }
        guard let best = ranked.min(by: { $0.1 < $1.1 }), best.1 <= (best.0.utf8.count + 1) / 3 else { return nil }
        word = best.0
    }

    /// Letters to add, drop, change or swap with a neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var older: [Int] = []
        var last = Array(0...right.count)
        for (row, a) in left.enumerated() {
            var current = [row + 1]
            for (column, b) in right.enumerated() {
                var cost = min(last[column] + (a == b ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, a == right[column - 1], left[row - 1] == b {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            (older, last) = (last, current)
        }
        return last[right.count]
    }
}
