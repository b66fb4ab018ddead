extension DrainedReport {
    /// What a caller asks for of a drain's moves, which are numbered from 1 on and in that order.
    ///
    /// A search goes through all of them: not for an actor that has something else to do.
    package init(_ query: DrainedQuery, of lines: [ReportedDrained], drain: ReportedDrain) {
        let rest = lines.dropFirst(Int(clamping: query.after))
        let places = query.text.isEmpty && !query.isUnsuccessfulFirst ? nil : Self.places(rest, query)
        let count = places?.count ?? rest.count
        let shown = (min(query.skip, count)..<count).prefix(query.limit ?? Self.usual)
        let wanted = query.find.map { Int(clamping: $0) - 1 }
        self.init(
            drain: drain, drained: shown.map { lines[places?[$0] ?? rest.startIndex + $0] },
            hasMore: shown.upperBound < count, matching: count)
        if let places {
            found = wanted.flatMap { places.firstIndex(of: $0) }
        } else {
            found = wanted.flatMap { rest.indices.contains($0) ? $0 - rest.startIndex : nil }
        }
    }

    /// How many are told where nobody says.
    private static let usual = 1_000

    /// Where the lines are that are asked for, in the order that they are asked for.
    private static func places(_ rest: ArraySlice<ReportedDrained>, _ query: DrainedQuery) -> [Int] {
        let text = query.text.lowercased()
        let matching = text.isEmpty ? Array(rest.indices) : rest.indices.filter { rest[$0].contains(text) }
        guard query.isUnsuccessfulFirst else { return matching }
        return matching.filter { rest[$0].isUnsuccessful } + matching.filter { rest[$0].standing == .leftOut }
            + matching.filter { !rest[$0].isUnsuccessful && rest[$0].standing != .leftOut }
    }
}
