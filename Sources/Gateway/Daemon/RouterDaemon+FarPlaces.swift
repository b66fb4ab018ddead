import ContextTransfer
import ForwardingPath
import IPsec

/// Where the other ends of SAs are whose gateways' addresses moved to other gateways (type 4): asked of those on the
/// previous path, and never guessed.
extension RouterDaemon {
    /// At most so often the gateways are asked again about an end that none of them has.
    private static let farPlacesAge = Duration.seconds(5)

    /// Asks where they are, for the next plan and the next look.
    func askForFarPlaces(_ statuses: [AssociationStatus]) {
        let planner = planner
        guard !planner.gatewaysToAsk(about: planner.known(statuses)).isEmpty else { return }
        farPlacesWanted.yield()
    }

    /// Asks whenever somebody wants to know.
    func answerFarPlaces() async {
        for await _ in farPlacesAsked {
            await findFarPlaces()
            try? await Task.sleep(for: Self.farPlacesAge)
        }
    }

    /// Finds out where the other ends of the SAs here are that the network does not tell.
    func findFarPlaces() async {
        guard let statuses = try? await stack.associations() else { return }
        let (planner, here) = (planner, Set(statuses.map(\.association.identifier)))
        var places = farPlaces.filter { here.contains($0.key) }
        for (gateway, summaries) in await survey(planner.gatewaysToAsk(about: planner.known(statuses))) {
            for summary in summaries ?? [] where here.contains(summary.offer.identifier) {
                places[summary.offer.identifier] = gateway
            }
        }
        guard places != farPlaces else { return }
        farPlaces = places
        (types, cache) = (TypeCache(), nil)
    }

    /// What each gateway says it has, in their order, asked at the same time; `nil` for one that did not answer.
    func survey(_ gateways: [NodeName]) async -> [(NodeName, [AssociationSummary]?)] {
        guard let address = network.node(node)?.addresses.first else { return [] }
        let subject = MoveSubject(address: address)
        let answers = await withTaskGroup(of: (NodeName, [AssociationSummary]?).self) { [moves] group in
            for gateway in gateways { group.addTask { (gateway, await moves.survey(gateway, of: subject)) } }
            // Not by `reduce`: the library would call a closure of this actor on another executor.
            var answers: [NodeName: [AssociationSummary]?] = [:]
            for await (gateway, answer) in group { answers[gateway] = answer }
            return answers
        }
        return gateways.map { ($0, answers[$0] ?? nil) }
    }
}
