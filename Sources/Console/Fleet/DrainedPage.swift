package import GatewayAPI

/// What is known of what became of a drain's moves: as many lines as were asked for last, and how many there are.
package struct DrainedPage: Equatable, Sendable {
    /// Whose drain it is, and when that began.
    package let gateway: GatewayLabel
    package let start: ClockTime
    /// How far the drain was when it was told; `nil` where nothing was told yet.
    package private(set) var drain: ReportedDrain?
    /// The lines, and the place of the first of them.
    package private(set) var lines: [ReportedDrained] = []
    package private(set) var first = 0
    /// How many there are with that text, from which ``lines`` are a part.
    package private(set) var matching = 0
    /// The text that the lines were asked for with.
    package private(set) var text = ""
    /// Why the gateway told nothing when it was asked last; a sentence without full stop.
    package private(set) var failure: String?

    /// How many lines a gateway keeps at most.
    package static let most = 100_000

    /// Of a drain of which nothing was told yet.
    package init(of drain: ReportedDrain, at gateway: GatewayLabel) {
        (self.gateway, start) = (gateway, drain.start)
    }

    /// Takes in an answer. One about another drain tells nothing of this one.
    package mutating func take(_ answer: DrainedAnswer, to query: DrainedQuery) {
        switch answer {
        case .failure(let reason): failure = reason
        case .report(let report):
            guard report.drain?.start == start else { return }
            failure = nil
            (drain, first, text) = (report.drain, query.skip, query.text)
            lines = Array(report.drained.prefix(query.limit ?? Self.most))
            matching = min(report.matching, Self.most)
        }
    }

    /// The line at a place; `nil` where it is not known.
    package subscript(place: Int) -> ReportedDrained? {
        lines.indices.contains(place - first) ? lines[place - first] : nil
    }

    /// Whether all the lines there are at these places are known.
    package func hasLines(at places: Range<Int>) -> Bool {
        let wanted = places.clamped(to: 0..<matching)
        return wanted.isEmpty || first <= wanted.lowerBound && wanted.upperBound <= first + lines.count
    }
}
