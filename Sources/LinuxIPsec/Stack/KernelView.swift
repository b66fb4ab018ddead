package import IPsec

/// The kernel's SAD and SPD as they were read at one time, in Ferry's words. A value.
package struct KernelView: Sendable {
    /// The SAs that are in force or parked, of the realm of this gateway.
    package private(set) var associations: [Found] = []
    package private(set) var policies: [Policy] = []

    /// An SA of the kernel.
    package struct Found: Sendable {
        package let state: XfrmState
        package let identifier: SAIdentifier
        package let direction: Direction
        /// Whether it is out of service: no packet matches it.
        package let isParked: Bool
    }

    /// The mark of SAs that are out of service. No packet has it, unless somebody gives it one by hand.
    package static let parkedMark = XfrmState.Mark(value: 0x4645_5252, mask: .max)

    /// - Parameters:
    ///   - states: all SAs of the kernel.
    ///   - policies: all its policies.
    ///   - addresses: the gateway's own addresses, also those that move.
    package init(states: [XfrmState], policies: [XfrmPolicy], addresses: Set<IPAddress>) {
        var senders: Set<UInt32> = []
        for policy in policies where policy.direction == Self.outwards {
            senders.formUnion(policy.templates.map(\.requestID))
        }
        for state in states {
            guard let identifier = SAIdentifier(state) else { continue }
            let isInbound = addresses.contains(state.destination)
            let isOutbound = addresses.contains(state.source)
            let direction: Direction =
                if isInbound != isOutbound { isInbound ? .inbound : .outbound } else {
                    senders.contains(state.requestID) ? .outbound : .inbound
                }
            associations.append(
                Found(
                    state: state, identifier: identifier, direction: direction, isParked: state.mark == Self.parkedMark)
            )
        }
        self.policies = policies.compactMap { policy in self.policy(policy) }
    }

    static let inwards: UInt8 = 0
    static let outwards: UInt8 = 1
    static let forwards: UInt8 = 2

    /// A policy of the kernel in Ferry's words; `nil` for one that lets through what an inbound one lets in, and for a
    /// socket's own.
    private func policy(_ policy: XfrmPolicy) -> Policy? {
        guard policy.direction == Self.inwards || policy.direction == Self.outwards,
            let selector = try? policy.selector.carried ?? policy.selector.everything
        else { return nil }
        let direction: Direction = policy.direction == Self.outwards ? .outbound : .inbound
        let user = policy.templates.last.flatMap { template in
            associations.first { found in
                found.state.requestID == template.requestID && found.direction == direction
                    && found.state.securityProtocol == template.securityProtocol
                    && found.state.mode == template.mode
            }
        }
        let action: PolicyAction =
            policy.action != 0 ? .discard : policy.templates.isEmpty ? .bypass : .protect
        return Policy(
            name: "\(direction == .outbound ? "out" : "in")-\(policy.index)", direction: direction,
            selectors: [selector], action: action, origin: user.map { .user($0.peer.description) } ?? .static,
            association: user?.identifier)
    }
}

extension KernelView.Found {
    /// The address of its other end.
    var peer: IPAddress { direction == .inbound ? state.source : state.destination }
}

extension XfrmSelector {
    /// All packets of its family.
    fileprivate var everything: TrafficSelector {
        TrafficSelector(source: .all(family ?? .v4), destination: .all(family ?? .v4))
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
