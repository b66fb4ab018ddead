import ContextTransfer
import ForwardingPath
import GatewayAPI

extension MergedMove {
    /// One for each move that any gateway knows: those under way first, then the newest first.
    static func merge(_ gateways: [GatewayMirror]) -> [MergedMove] {
        var tellers: [MoveID: [GatewayMirror]] = [:]
        for gateway in gateways {
            for id in gateway.moves.keys { tellers[id, default: []].append(gateway) }
        }
        let merged = tellers.compactMap { MergedMove($0, toldBy: $1) }
        return merged.sorted { left, right in
            if left.isOver != right.isOver { return right.isOver }
            if left.began != right.began { return left.began > right.began }
            return left.move.id < right.move.id
        }
    }

    private init?(_ id: MoveID, toldBy tellers: [GatewayMirror]) {
        let ranked = tellers.compactMap { teller in
            teller.moves[id].map { (teller: teller, move: $0, rank: Self.rank(of: teller, in: $0.route)) }
        }
        guard let best = ranked.min(by: { $0.rank < $1.rank }) else { return nil }
        var move = best.move
        if move.pause == nil { move.pause = ranked.compactMap(\.move.pause).first }
        for (teller, other, _) in ranked.sorted(by: { $0.rank < $1.rank }) where teller.label != best.teller.label {
            move.addPhases(of: other) { best.teller.clock(at: teller.consoleTime(of: $0)) }
        }
        self.init(
            move: move, reporter: best.teller.label, isStale: best.teller.isStale,
            began: move.phases.first.map { best.teller.consoleTime(of: $0.start) } ?? ClockTime(milliseconds: 0),
            ended: move.phases.map { best.teller.consoleTime(of: $0.end ?? $0.start) }.max()
                ?? ClockTime(milliseconds: 0))
    }

    /// Whose word counts more has the smaller number: whoever can be reached, then as the contexts travel from the
    /// previous router.
    private static func rank(of teller: GatewayMirror, in route: MoveRoute) -> Int {
        let parties = [route.source, route.holder, route.target, route.taker]
        let place = parties.firstIndex { $0 == teller.description?.node } ?? parties.count
        return place + (teller.isStale ? 10 : 0)
    }
}

extension ReportedMove {
    /// Takes in the phases that only another party knows of (install is the taker's), its clock turned into ours.
    ///
    /// What lies ahead for us is left out: how far the move is, is the word of the one that leads it. And none took
    /// longer than the time between our own phases before and after it.
    fileprivate mutating func addPhases(of other: ReportedMove, clock: (ClockTime) -> ClockTime) {
        let reached = state == .finished(.completed) ? MovePhase.release : phases.last?.phase
        for phase in other.phases where !phases.contains(where: { $0.phase == phase.phase }) {
            guard let reached, phase.phase < reached else { continue }
            var known = phase
            (known.start, known.end) = (clock(phase.start), phase.end.map(clock))
            let (before, after) = (phases.last { $0.phase < phase.phase }, phases.first { $0.phase > phase.phase })
            if let before, let after, let end = known.end {
                let longest = Span.milliseconds(from: before.start, to: after.start)
                known.end = min(end, known.start.advanced(by: Int64(clamping: longest)))
            }
            phases.append(known)
            phases.sort { $0.phase < $1.phase }
        }
    }
}
