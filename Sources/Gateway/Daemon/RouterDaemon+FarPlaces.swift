import ContextTransfer
import ForwardingPath
import IPsec

/// Where the other ends of SAs are whose gateways' addresses moved to other gateways (type 4): asked of those on the
/// previous path, and never guessed.
extension RouterDaemon {
    /// At most so often the gateways are asked again about an end that none of them has.
    private static let farPlacesAge = Duration.seconds(5)

    /// Asks whenever there are other SAs, and again as long as one is left that nobody has.
    func answerFarPlaces() async {
        for await _ in farPlacesAsked {
            while await findFarPlaces(), (try? await Task.sleep(for: Self.farPlacesAge)) != nil {}
        }
    }

    /// Finds out where the other ends of the SAs here are that the network does not tell; whether some are left.
    @discardableResult
    func findFarPlaces() async -> Bool {
        // Only a router may ask others what they have; a mobile node knows its gateways by their addresses alone.
        guard network.node(node)?.role.takesAssociations == true, let statuses = try? await stack.associations()
        else { return false }
        let (planner, here) = (planner, Set(statuses.map(\.association.identifier)))
        var places = farPlaces.filter { here.contains($0.key) }
        for (gateway, summaries) in await survey(planner.gatewaysToAsk(about: planner.known(statuses))) {
            for summary in summaries ?? [] where here.contains(summary.offer.identifier) {
                places[summary.offer.identifier] = gateway
            }
        }
        if places != farPlaces {
            farPlaces = places
            (types, cache) = (TypeCache(), nil)
        }
        return !self.planner.gatewaysToAsk(about: self.planner.known(statuses)).isEmpty
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
