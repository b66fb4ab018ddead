package import ConfigurationFiles
package import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// Turns the news of one gateway into lines.
package struct WatchTeller: Sendable {
    private var node: NodeName?
    private let address: GatewayAddress

    /// For the gateway there.
    package init(address: GatewayAddress) { self.address = address }

    /// What is to be said; nothing of traffic and counters.
    package mutating func lines(_ news: LinkNews) -> [WatchLine] {
        switch news {
        case .connecting: return []
        case .described(let description):
            node = description.node
            let text = "\(address), as \(description.callerRole.rawValue) \(description.callerName)"
            return [line(.connected, at: description.clock, text)]
        case .unreachable(let reason): return [line(.unreachable, at: nil, reason)]
        case .updated(let update):
            switch update.content {
            case .snapshot(let all):
                let text = "\(all.associations.count) SAs, \(all.policies.count) policies, \(all.moves.count) moves"
                return [line(.snapshot, at: update.clock, text)]
            case .changes(let changes): return changes.compactMap { line($0.kind, at: update.clock) }
            }
        }
    }

    private func line(_ change: GatewayChange.Kind, at clock: ClockTime) -> WatchLine? {
        switch change {
        case .traffic, .stack: nil
        case .association(let now):
            line(
                .association, at: clock, "\(now.name) \(now.identifier.spi) \(now.phase.name)",
                told(now, associationColumns))
        case .associationRemoved(let identifier):
            line(.associationRemoved, at: clock, "\(identifier.spi) to \(identifier.destination)")
        case .policy(let policy, let next):
            line(.policy, at: clock, "\(policy.name)\(next.map { " before \($0)" } ?? "")")
        case .policyRemoved(let name): line(.policyRemoved, at: clock, name)
        case .path(let path):
            line(
                .path, at: clock, "\(path.path.plane.rawValue): G is \(path.gateway?.text ?? "not known")",
                told(path, pathColumns))
        case .pathRemoved(let plane): line(.pathRemoved, at: clock, plane.rawValue)
        case .move(let move): line(.move, at: clock, move.summary, told(move, moveColumns))
        case .drain(let drain): line(.drain, at: clock, drain.words)
        case .event(let event):
            line(
                .event, at: event.clock,
                [event.kind.rawValue, event.actor, event.action].filter { !$0.isEmpty }.joined(separator: " ")
                    + ": \(event.text)")
        }
    }

    private func told<Thing>(_ thing: Thing, _ columns: [Column<Told<Thing>>]) -> ReportValue {
        node.map { columns.object(of: Told(thing, by: $0)) } ?? .none
    }

    private func line(
        _ kind: WatchLine.Kind, at clock: ClockTime?, _ text: String, _ value: ReportValue = .none
    ) -> WatchLine {
        WatchLine(clock: clock, gateway: node?.text ?? address.description, kind: kind, text: text, value: value)
    }
}

extension ReportedMove {
    /// What it is, and where it stands.
    fileprivate var summary: String {
        let names = names.count <= 3 ? names.joined(separator: ", ") : "\(names.count) SAs"
        let phase = phases.last.map { " \($0.phase.name)" } ?? ""
        let end = state.outcome.map { outcome in
            outcome.name + (outcome.reason.map { ": \($0)" } ?? "")
        }
        return "\(id.description.prefix(8)) \(names) \(route.holder) -> \(route.taker): "
            + (end ?? (state == .running ? "running\(phase)" : state.word))
    }
}
