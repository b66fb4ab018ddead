import Console
import ContextTransfer
import ForwardingPath
import Foundation
package import GatewayAPI

/// All that one gateway has, read once.
package struct GatewayReading: Sendable {
    /// Who it is.
    package let description: GatewayDescription
    /// What it has.
    package let snapshot: GatewaySnapshot
    /// Its clock less ours, in milliseconds.
    package let skew: Int64

    /// From its parts.
    package init(description: GatewayDescription, snapshot: GatewaySnapshot, skew: Int64 = 0) {
        (self.description, self.snapshot, self.skew) = (description, snapshot, skew)
    }

    /// Reads it.
    init(from client: GatewayClient) async throws(RequestFailure) {
        description = try await client.describe()
        let ours = Date().timeIntervalSince1970 * 1_000
        skew = Int64(clamping: description.clock.milliseconds) - Int64(ours)
        snapshot = try await client.snapshot()
    }
}

extension Survey<GatewayReading> {
    /// Reads all that every gateway has.
    init(reading access: GatewayAccess) async {
        await self.init(access) { client in try await GatewayReading(from: client) }
    }

    /// All things of one kind, with who told them; a gateway with several addresses tells them once.
    func all<Thing>(_ things: (GatewaySnapshot) -> [Thing]) -> [Told<Thing>] {
        var seen: Set<NodeName> = []
        return found.map(\.answer).filter { seen.insert($0.description.node).inserted }.flatMap { reading in
            things(reading.snapshot).map { Told($0, by: reading.description.node) }
        }
    }

    /// Each move once: as its leader tells it, where the leader is reached.
    var moves: [Told<ReportedMove>] { all(\.moves).merged }
}

extension [Told<ReportedMove>] {
    /// Each move once, where it was first, in the words of its leader where there are any.
    package var merged: [Told<ReportedMove>] {
        var order: [MoveID] = []
        var best: [MoveID: Told<ReportedMove>] = [:]
        for move in self {
            let key = move.thing.id
            if best[key] == nil { order.append(key) }
            if best[key] == nil || move.gateway == move.thing.route.source { best[key] = move }
        }
        return order.compactMap { best[$0] }
    }
}
