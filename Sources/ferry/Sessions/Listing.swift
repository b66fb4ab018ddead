import ArgumentParser
import GatewayAPI

/// What `ferry get` can show.
package enum Listing: String, Hashable, Sendable, CaseIterable, ExpressibleByArgument {
    /// SAs.
    case sad
    /// Policies, in their order.
    case spd
    /// Forwarding paths, with G.
    case paths
    /// Moves under way, and those that ended lately.
    case moves
    /// Drains under way, and the last ones.
    case drains
    /// The gateways themselves.
    case gateways

    /// Asks all gateways and prints what they have; what is missing goes beside it.
    package func run(_ access: GatewayAccess, format: OutputFormat, to output: Output) async throws -> CommandStatus? {
        let survey = await Survey(reading: access)
        for missed in survey.missed { output.note("ferry: \(missed)") }
        // A list of gateways has something to show also when none is reached.
        if self == .gateways || !survey.found.isEmpty { try output.result(text(survey, format)) }
        return survey.status
    }

    private func text(_ survey: Survey<GatewayReading>, _ format: OutputFormat) -> String {
        switch self {
        case .sad:
            Report(
                name: "associations", columns: associationColumns, items: survey.all(\.associations),
                missed: survey.missed
            ).text(format)
        case .spd:
            Report(
                name: "policies", columns: policyColumns,
                items: survey.all { $0.policies.enumerated().map { PlacedPolicy(place: $0 + 1, policy: $1) } },
                missed: survey.missed
            ).text(format)
        case .paths:
            Report(name: "paths", columns: pathColumns, items: survey.all(\.paths), missed: survey.missed).text(format)
        case .moves:
            Report(name: "moves", columns: moveColumns, items: survey.moves, missed: survey.missed).text(format)
        case .drains:
            Report(
                name: "drains", columns: drainColumns, items: survey.all { $0.drain.map { [$0] } ?? [] },
                missed: survey.missed
            ).text(format)
        case .gateways:
            Report(name: "gateways", columns: gatewayColumns, items: survey.listed, missed: survey.missed).text(format)
        }
    }
}

extension Survey<GatewayReading> {
    /// Every gateway, reached ones first.
    fileprivate var listed: [ListedGateway] {
        found.map { ListedGateway($0.answer, at: $0.address) } + missed.map { ListedGateway($0) }
    }
}
