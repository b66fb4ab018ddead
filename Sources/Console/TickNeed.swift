import GatewayAPI
import IPsec

/// How often the screen has to be drawn again though nothing happened.
struct TickNeed {
    /// So many seconds apart; `nil` for never.
    let seconds: Int?

    /// What a console needs now.
    init(_ console: ConsoleProgram) {
        let needs = [
            Self.forArming(console), console.frozen == nil ? Self.forTheView(console) : nil, Self.forTheLost(console),
            console.notice?.stays == false ? 10 : nil,
        ]
        seconds = needs.compactMap(\.self).min()
    }

    private static func forArming(_ console: ConsoleProgram) -> Int? {
        guard case .armed(let until) = console.arming else { return nil }
        return Span.milliseconds(from: console.now, to: until) <= 70_000 ? 1 : 10
    }

    private static func forTheView(_ console: ConsoleProgram) -> Int? {
        let fleet = console.fleet
        if console.looksAtDrain { return 1 }
        if fleet.moves.contains(where: { !$0.isOver && !$0.isStale }) { return 1 }
        // A rate falls to nothing when no more packets are told of.
        if fleet.gateways.contains(where: { ($0.rate(at: console.now) ?? 0) > 0 }) { return 1 }
        let shown = console.associations.keys.prefix(50)
        let hasLimit = shown.contains { AssociationRows.row($0, in: fleet)?.reported.hardLifetime.seconds != nil }
        return hasLimit ? 10 : nil
    }

    /// For how long ago the first gateway was lost, which the line at the top says also while frozen.
    private static func forTheLost(_ console: ConsoleProgram) -> Int? {
        let needs = console.fleet.gateways.compactMap { gateway -> Int? in
            guard case .unreachable(_, let since) = gateway.reach else { return nil }
            return Span.milliseconds(from: since, to: console.now) < 100_000 ? 1 : 10
        }
        return needs.min()
    }
}
