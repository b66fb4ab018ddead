import GatewayAPI

/// How far all moves together are.
struct MoveTotal {
    /// How many are over, and how many there are.
    let over, all: Int
    /// Whether the rest only wait for people, so that nobody knows how long that takes.
    let waitsForPeople: Bool
    /// How many ended in each second, over the last minute; `nil` when too few did.
    let perSecond: Double?

    /// Of all that are known.
    init(_ moves: [MergedMove], now: ClockTime) {
        all = moves.count
        over = moves.count(where: \.isOver)
        waitsForPeople = !moves.contains { merged in
            switch merged.move.state {
            case .running, .settling: true
            case .queued, .awaitingApproval, .stepping, .finished: false
            }
        }
        let minute = ClockTime(milliseconds: now.milliseconds > 60_000 ? now.milliseconds - 60_000 : 0)
        let recent = moves.filter { $0.isOver && $0.ended > minute }.map(\.ended)
        guard recent.count >= 3, let first = recent.min() else {
            perSecond = nil
            return
        }
        perSecond = Double(recent.count) * 1000 / Double(max(1000, Span.milliseconds(from: first, to: now)))
    }

    /// `3 of 5 over, 1.2 a second, 4 s left`; empty when there is nothing to add up.
    var text: String {
        guard all > 1 else { return "" }
        var text = "\(Count.text(over)) of \(Count.text(all)) over"
        guard let perSecond, over < all else { return text }
        let tenths = Int((perSecond * 10).rounded())
        text += ", \(tenths / 10).\(tenths % 10) a second"
        guard !waitsForPeople else { return text }
        return text + ", \(Span.coarse(seconds: UInt64((Double(all - over) / max(perSecond, 0.01)).rounded(.up)))) left"
    }
}
