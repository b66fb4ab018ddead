package import IPsec

/// The kernel's SAD and SPD as they were read at one time, in Ferry's words. A value.
package struct KernelView: Sendable {
    /// The SAs that are in force or parked, of the realm of this gateway.
    package private(set) var associations: [Found] = []
    /// In the order in which the kernel asks them, those of one way together.
    package private(set) var policies: [Policy] = []
    /// What SAs are called that a mark or an XFRM interface names besides; parked ones are not among them.
    private(set) var foreignNames: [(identifier: SAIdentifier, name: XfrmName)] = []

    /// An SA of the kernel. An object that does not change: of ten thousand that are looked for, sorted and grouped no copies
    /// are made.
    package final class Found: Sendable {
        package let state: XfrmState
        package let identifier: SAIdentifier
        package let direction: Direction
        /// What keeps it here beside itself.
        package let obstacle: XfrmObstacle?

        fileprivate init(
            _ state: XfrmState, _ identifier: SAIdentifier, _ direction: Direction, obstacle: XfrmObstacle?
        ) {
            (self.state, self.identifier) = (state, identifier)
            (self.direction, self.obstacle) = (direction, obstacle)
        }

        /// Whether it is out of service: no packet matches it.
        package var isParked: Bool { state.mark == KernelView.parkedMark }
    }

    /// The mark of SAs that are out of service. No packet has it, unless somebody gives it one by hand.
    package static let parkedMark = XfrmState.Mark(value: 0x4645_5252, mask: .max)

    /// - Parameters:
    ///   - states: all SAs of the kernel.
    ///   - policies: all its policies.
    ///   - addresses: the gateway's own addresses, also those that move.
    package init(states: [XfrmState], policies: [XfrmPolicy], addresses: Set<IPAddress>) {
        var senders: Set<UInt32> = []
        for policy in policies where policy.isOutwards {
            senders.formUnion(policy.templates.map(\.requestID))
        }
        let obstacles = XfrmPolicy.obstacles(policies)
        var places = [SAIdentifier: Int](minimumCapacity: states.count)
        associations.reserveCapacity(states.count)
        for state in states {
            guard !state.isLarval, let identifier = SAIdentifier(state) else { continue }
            if state.interfaceID != nil || (state.mark != nil && state.mark != Self.parkedMark) {
                foreignNames.append((identifier, state.name))
            }
            let isInbound = addresses.contains(state.destination)
            let isOutbound = addresses.contains(state.source)
            let direction: Direction =
                if isInbound != isOutbound { isInbound ? .inbound : .outbound } else {
                    senders.contains(state.requestID) ? .outbound : .inbound
                }
            if let place = places[identifier] {
                // Told apart by their marks alone: the one without is what packets meet.
                let other = associations[place]
                associations[place] =
                    state.mark == nil
                    ? Found(state, identifier, direction, obstacle: .sharedName)
                    : Found(other.state, identifier, other.direction, obstacle: .sharedName)
                continue
            }
            places[identifier] = associations.count
            associations.append(Found(state, identifier, direction, obstacle: obstacles[state.requestID]))
        }
        let users = associations.byRequest
        self.policies = policies.sorted { ($0.direction, $0.priority) < ($1.direction, $1.priority) }.map { policy in
            Self.policy(policy, users)
        }
    }

    static let inwards: UInt8 = 0
    static let outwards: UInt8 = 1
    static let forwards: UInt8 = 2

    /// A policy of the kernel in Ferry's words.
    ///
    /// - Parameter users: the SAs by their request IDs.
    private static func policy(_ policy: XfrmPolicy, _ users: [UInt32: [Found]]) -> Policy {
        // Those of sockets are counted from three on.
        let way = policy.direction % 3
        let direction: Direction = way == outwards ? .outbound : .inbound
        let user = policy.templates.last.flatMap { template in
            users[template.requestID]?.first { found in
                template.names(found.state) && found.direction == direction
                    && found.state.securityProtocol == template.securityProtocol
                    && found.state.mode == template.mode
            }
        }
        let action: PolicyAction =
            policy.action != 0 ? .discard : policy.templates.isEmpty ? .bypass : .protect
        let prefix = way == forwards ? "fwd" : direction == .outbound ? "out" : "in"
        var shown = Policy(
            name: "\(prefix)-\(policy.index)", direction: direction,
            selectors: [policy.selector.shown], action: action,
            origin: user.map { .user($0.peer.description) } ?? .static, association: user?.identifier)
        shown.isForwarding = way == forwards
        (shown.priority, shown.particulars) = (policy.priority, policy.particulars)
        return shown
    }
}

extension KernelView.Found {
    /// The address of its other end.
    var peer: IPAddress { direction == .inbound ? state.source : state.destination }
}

extension XfrmSelector {
    /// The packets that it is for, as far as a traffic selector can say it.
    fileprivate var shown: TrafficSelector {
        let all = TrafficSelector(source: .all(family ?? .v4), destination: .all(family ?? .v4))
        return (try? carried).flatMap(\.self) ?? all
    }
}

extension SAIdentifier {
    /// What names a kernel SA; `nil` for one that is neither ESP nor AH.
    init?(_ state: XfrmState) {
        guard let securityProtocol = SecurityProtocol(rawValue: state.securityProtocol), let spi = SPI(state.spi) else {
            return nil
        }
        self.init(spi: spi, destination: state.destination, securityProtocol: securityProtocol)
    }
}
