import GatewayAPI
import IPsec

/// How often the screen has to be drawn again though nothing happened.
struct TickNeed {
    /// So many seconds apart; `nil` for never.
    let seconds: Int?

    /// What a console needs now.
    init(_ console: ConsoleProgram) {
        let needs = [
            Self.forArming(console), console.frozen == nil ? Self.forTheView(console) : nil,
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
        if fleet.moves.contains(where: { !$0.isOver && !$0.isStale }) { return 1 }
        var need: Int?
        for gateway in fleet.gateways {
            // A rate falls to nothing when no more packets are told of.
            if (gateway.rate(at: console.now) ?? 0) > 0 { return 1 }
            guard case .unreachable(_, let since) = gateway.reach else { continue }
            if Span.milliseconds(from: since, to: console.now) < 100_000 { return 1 }
            need = 10
        }
        let shown = console.associations.keys.prefix(50)
        if shown.contains(where: { AssociationRows.row($0, in: fleet)?.reported.hardLifetime.seconds != nil }) {
            need = 10
        }
        return need
    }
}
