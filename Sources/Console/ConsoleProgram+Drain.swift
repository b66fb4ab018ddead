import GatewayAPI
import Terminal

extension ConsoleProgram {
    /// Whether the users of the drain have the keys.
    var isDrainFocused: Bool { view == .moves && isDrainOpen && shown.drain != nil }

    /// Where the parts of the view of moves stand.
    func movesLayout(_ body: Rectangle) -> MovesLayout {
        MovesLayout(body, hasDrain: shown.drain != nil, isDrainOpen: isDrainOpen, hasMove: openMove != nil)
    }

    /// Whether what became of the drain's users is looked at, and is to be told anew, by now or by and by.
    var looksAtDrain: Bool {
        guard view == .moves, ScreenLayout.isUsable(size), !movesLayout(ScreenLayout(size).body).users.isEmpty,
            let page = shown.drained, let teller = fleet[page.gateway], !teller.isStale
        else { return false }
        if isMissing(page) { return true }
        // Whoever reads all about one of them goes on reading about that one.
        if frozen != nil || self.page != nil && !drained.filter.isEmpty { return false }
        return teller.drain?.end == nil || page.drain != teller.drain
    }

    /// Asks for the lines in sight and those beside them, one question at a time: at once where they are not known, a second
    /// after each answer while they change.
    mutating func askDrained() -> [ConsoleCommand] {
        guard looksAtDrain, let page = shown.drained else { return [] }
        let sight = drained.sight
        var query = DrainedQuery(limit: min(3 * sight.count, Self.mostDrained))
        query.skip = page.text == drained.filter ? max(0, sight.lowerBound - sight.count) : 0
        (query.text, query.isUnsuccessfulFirst) = (drained.filter, true)
        if let asked = drainedAsked {
            let wait: UInt64 = page.failure == nil ? 1_000 : 5_000
            let mayWait = page.failure != nil || !isMissing(page) || asked.query == query
            if asked.isOpen || mayWait && Span.milliseconds(from: asked.at, to: now) < wait { return [] }
        }
        drainedAsked = (query, now, true)
        query.find = drained.chosen.flatMap { page[$0]?.number }
        return [.drained(at: page.gateway, query)]
    }

    /// How many lines are asked for at most.
    private static let mostDrained = 600

    private func isMissing(_ page: DrainedPage) -> Bool {
        page.drain == nil || page.text != drained.filter || !page.hasLines(at: drained.sight)
    }

    /// Takes in what was asked for; the selection goes with the line that it is on.
    mutating func takeDrained(_ label: GatewayLabel, _ query: DrainedQuery, _ answer: DrainedAnswer) {
        if let asked = drainedAsked { drainedAsked = (asked.query, now, false) }
        let chosen = drained.chosen.flatMap { shown.drained?[$0]?.number }
        fleet.learn(answer, to: query, from: label)
        frozen?.fleet.learn(answer, to: query, from: label)
        guard case .report(let report) = answer, let place = report.found, query.find == chosen else { return }
        drained.refresh(shown)
        drained.select(place)
    }
}
