/// Policies in the order in which they were added, found by name, by SA and by a packet's addresses without looking at
/// all of them.
struct PolicyList: Sendable {
    /// In order, with gaps where policies were taken out. The indexes below may still point at gaps.
    private var slots: [Policy?] = []
    /// Where in ``slots`` the policy of a name is; never a gap.
    private var placeOfName: [String: Int] = [:]
    /// Where the policies that use an SA are, in order.
    private var placesOfAssociation: [SAIdentifier: [Int]] = [:]
    /// Where the policies are that may be for packets between two addresses, in order.
    private var placesOfAddresses: [PolicyAddresses: [Int]] = [:]

    var inOrder: [Policy] { slots.compactMap(\.self) }

    subscript(name: String) -> Policy? { placeOfName[name].flatMap { slots[$0] } }

    func policies(using identifier: SAIdentifier) -> [Policy] {
        placesOfAssociation[identifier, default: []].compactMap { slots[$0] }
    }

    /// The first policy for a packet of which `isWanted` is true.
    func first(
        for packet: PacketDescription, _ direction: Direction, where isWanted: (Policy) -> Bool
    ) -> Policy? {
        var best: Int?
        for addresses in PolicyAddresses.matching(packet, direction) {
            for place in placesOfAddresses[addresses] ?? [] {
                if let best, best < place { break }
                if let policy = slots[place], policy.matches(packet), isWanted(policy) {
                    best = place
                    break
                }
            }
        }
        return best.flatMap { slots[$0] }
    }

    /// Adds a policy behind all others; its name must be new.
    mutating func append(_ policy: Policy) {
        let place = slots.count
        let earlier = placeOfName.updateValue(place, forKey: policy.name)
        precondition(earlier == nil, "A policy's name is unique in its list.")
        slots.append(policy)
        if let identifier = policy.association { placesOfAssociation[identifier, default: []].append(place) }
        for addresses in PolicyAddresses.of(policy) { placesOfAddresses[addresses, default: []].append(place) }
    }

    /// The policies that use an SA use it under another name from now on, at their places.
    mutating func rename(_ old: SAIdentifier, to new: SAIdentifier) {
        guard old != new, let places = placesOfAssociation.removeValue(forKey: old) else { return }
        for place in places { slots[place]?.association = new }
        placesOfAssociation[new, default: []].append(contentsOf: places)
        placesOfAssociation[new]?.sort()
    }

    mutating func remove(named name: String) -> Policy? {
        guard let place = placeOfName.removeValue(forKey: name) else { return nil }
        defer { closeGaps() }
        return slots[place].take()
    }

    /// The policy of that name uses that SA from now on.
    mutating func turn(named name: String, to identifier: SAIdentifier) {
        guard let place = placeOfName[name], let old = slots[place]?.association else { return }
        slots[place]?.association = identifier
        placesOfAssociation[old]?.removeAll { $0 == place }
        placesOfAssociation[identifier, default: []].append(place)
        placesOfAssociation[identifier]?.sort()
    }

    /// Makes the list anew when fewer than half of the slots are in use: so rarely that it costs next to nothing for
    /// each policy that was taken out.
    private mutating func closeGaps() {
        guard slots.count > 2 * placeOfName.count else { return }
        let policies = inOrder
        self = PolicyList()
        for policy in policies { append(policy) }
    }
}

extension PolicyList: Equatable {
    /// Whether both have the same policies in the same order; gaps do not count.
    static func == (left: PolicyList, right: PolicyList) -> Bool { left.inOrder == right.inOrder }
}
