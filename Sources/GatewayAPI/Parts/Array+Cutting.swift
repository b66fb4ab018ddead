extension Array where Element: Weighted {
    /// Cuts the list into pieces: the first weighs at most `first`, the others at most `limit`.
    ///
    /// Something that weighs more is alone in its piece. The first piece may be empty; no other is.
    func cut(first: Int, limit: Int) -> [ArraySlice<Element>] {
        var pieces: [ArraySlice<Element>] = []
        var (start, room, isFirst) = (startIndex, first, true)
        for index in indices {
            let weight = self[index].weight
            if weight > room, index > start || (isFirst && first < limit) {
                pieces.append(self[start..<index])
                (start, room, isFirst) = (index, limit, false)
            }
            room -= weight
        }
        if start < endIndex { pieces.append(self[start...]) }
        return pieces
    }
}
