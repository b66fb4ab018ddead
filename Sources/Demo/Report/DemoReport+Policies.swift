import ForwardingPath
import IPsec
import UserspaceIPsec

extension DemoReport.HeldPolicy {
    /// The policies of a demo's gateways, by name; without those that let all other traffic pass.
    static func all(in network: DemoNetwork) async throws -> [DemoReport.HeldPolicy] {
        var places: [String: (isStatic: Bool, at: [NodeName])] = [:]
        for (name, stack) in network.stacks.sorted(by: { $0.key < $1.key }) where network.gateways[name] != nil {
            for policy in try await stack.policies() where !DemoAssociations.isRest(policy) {
                let isStatic = policy.origin == .static
                let before = places[policy.name]
                places[policy.name] = (isStatic && before?.isStatic ?? true, (before?.at ?? []) + [name])
            }
        }
        return places.sorted { $0.key < $1.key }.map { name, place in
            DemoReport.HeldPolicy(name: name, isStatic: place.isStatic, at: place.at)
        }
    }
}
