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
        self.init(
            move: move, reporter: best.teller.label, isStale: best.teller.isStale,
            began: move.phases.first.map { best.teller.consoleTime(of: $0.start) } ?? ClockTime(milliseconds: 0))
    }

    /// Whose word counts more has the smaller number: whoever can be reached, then as the contexts travel from the
    /// previous router.
    private static func rank(of teller: GatewayMirror, in route: MoveRoute) -> Int {
        let parties = [route.source, route.holder, route.target, route.taker]
        let place = parties.firstIndex { $0 == teller.description?.node } ?? parties.count
        return place + (teller.isStale ? 10 : 0)
    }
}
