internal import IPsec

/// Ferry's policies as the kernel's.
package enum KernelPolicies {
    /// The kernel's entries for a policy: one for each selector; of a tunnel's inbound one also that which lets its packets
    /// through.
    static func entries(
        _ policy: Policy, of associations: [SAIdentifier: SecurityAssociation], requestIDs: [SAIdentifier: UInt32]
    ) throws(StackError) -> [XfrmPolicy] {
        let association = policy.association.flatMap { associations[$0] }
        var entries: [XfrmPolicy] = []
        for selector in policy.selectors {
            guard let packets = XfrmSelector(selector) else {
                throw .system("policy \(policy.name): the kernel cannot match \(selector)")
            }
            let isOutbound = policy.direction == .outbound
            let isTunnel = association?.attributes.mode == .tunnel
            let directions =
                isOutbound
                ? [KernelView.outwards] : [KernelView.inwards] + (isTunnel ? [KernelView.forwards] : [])
            for direction in directions {
                var entry = XfrmPolicy(direction: direction, selector: packets)
                entry.priority = policy.priority ?? priority(packets)
                entry.action = policy.action == .discard ? XfrmPolicy.blocks : 0
                if policy.action == .protect {
                    guard let association else {
                        throw .system("policy \(policy.name) uses an SA that is not there")
                    }
                    var template = XfrmPolicy.Template(
                        source: association.source, destination: association.identifier.destination,
                        securityProtocol: association.identifier.securityProtocol.rawValue,
                        requestID: requestIDs[association.identifier] ?? 0,
                        mode: association.attributes.mode.kernel)
                    // Of two with one request ID the later one sends; both receive.
                    if isOutbound { template.spi = association.identifier.spi.value }
                    entry.templates = [template]
                }
                entries.append(entry)
            }
        }
        return entries
    }

    /// What packets a policy is for, by which the kernel tells policies apart.
    struct Place: Hashable {
        let direction: UInt8
        let selector: XfrmSelector
        let mark: XfrmState.Mark?
        let interfaceID: UInt32?

        init(_ policy: XfrmPolicy) {
            (direction, selector) = (policy.direction, policy.selector)
            (mark, interfaceID) = (policy.mark, policy.interfaceID)
        }
    }

    /// The policies by which those SAs send, as ones that let nothing out.
    package static func barred(_ policies: [XfrmPolicy], of found: [KernelView.Found]) -> [XfrmPolicy] {
        changed(policies, of: found) { $0.action = XfrmPolicy.blocks }
    }

    /// The policies by which those SAs receive.
    static func receiving(_ policies: [XfrmPolicy], of found: [KernelView.Found]) -> [XfrmPolicy] {
        let receivers = found.filter { $0.direction == .inbound }.byRequest
        return policies.filter { !$0.isOutwards && $0.uses(receivers) }
    }

    /// The same policies as ones that do not look at the other end's address.
    static func opened(_ policies: [XfrmPolicy]) -> [XfrmPolicy] {
        policies.map { policy in
            var opened = policy
            for index in opened.templates.indices {
                opened.templates[index].source = IPAddress(family: opened.templates[index].source.family, value: 0)
            }
            return opened
        }
    }

    /// The same as ones that protect again.
    static func unbarred(_ policies: [XfrmPolicy], of found: [KernelView.Found]) -> [XfrmPolicy] {
        changed(policies, of: found) { $0.action = 0 }
    }

    /// The policies by which SAs sent that are gone, as ones of those that took their places: they have the same request ID and
    /// the same ends. Without them what these are to protect would leave in the clear. Of several the youngest one sends.
    package static func inherited(
        _ policies: [XfrmPolicy], from gone: [KernelView.Found], by others: [KernelView.Found]
    ) -> [XfrmPolicy] {
        let heirs = others.filter { $0.direction == .outbound && !$0.isParked && $0.state.requestID != 0 }.byRequest
        let turns = gone.filter { $0.direction == .outbound }.compactMap { old -> PolicyTurn? in
            let heir = heirs[old.state.requestID]?.filter { old.state.hasEnds(of: $0.state) }.max {
                $0.state.use.added < $1.state.use.added
            }
            return heir.map { PolicyTurn(from: old.state, .outbound, to: $0.state) }
        }
        return PolicyTurn.turned(policies, by: turns, unbars: true)
    }

    private static func changed(
        _ policies: [XfrmPolicy], of found: [KernelView.Found], _ change: (inout XfrmPolicy) -> Void
    ) -> [XfrmPolicy] {
        let senders = found.filter { $0.direction == .outbound }.byRequest
        return policies.compactMap { policy in
            guard policy.isOutwards, policy.uses(senders) else { return nil }
            var changed = policy
            change(&changed)
            return changed
        }
    }

    /// Policies that let nothing out of what SAs that are to come are to protect.
    static func barriers(_ selectors: [SAIdentifier: [TrafficSelector]]) throws(StackError) -> [XfrmPolicy] {
        var barriers: [XfrmPolicy] = []
        for (identifier, selectors) in selectors {
            for selector in selectors {
                guard let packets = XfrmSelector(selector) else {
                    throw .system("the kernel cannot match \(selector)")
                }
                var barrier = XfrmPolicy(direction: KernelView.outwards, selector: packets).barrier(.expected)
                barrier.templates = [XfrmPolicy.Template(guarding: identifier)]
                barriers.append(barrier)
            }
        }
        return barriers
    }

    /// Policies that let nothing out in the place of those that protect.
    ///
    /// - Parameter senders: the SAs that send, by request ID.
    static func barriers(
        insteadOf policies: [XfrmPolicy], _ senders: [UInt32: SAIdentifier], _ kind: XfrmPolicy.BarrierKind
    ) -> [XfrmPolicy] {
        policies.filter(\.isOutwards).map { policy in
            var barrier = policy.barrier(kind)
            if let sender = policy.templates.lazy.compactMap({ senders[$0.requestID] }).first {
                barrier.templates = [XfrmPolicy.Template(guarding: sender)]
            }
            return barrier
        }
    }

    /// Lets nothing out unprotected of what comes by the interface for held packets, in both families.
    static var guards: [XfrmPolicy] {
        AddressFamily.allCases.map { family in
            var policy = XfrmPolicy(direction: KernelView.outwards, selector: XfrmSelector(all: family))
            policy.mark = XfrmState.Mark(value: XfrmPolicy.guardedMark, mask: .max)
            // Whatever protects them comes first.
            (policy.action, policy.priority) = (XfrmPolicy.blocks, .max)
            return policy
        }
    }

    /// The narrower one comes first, as key management has it too.
    private static func priority(_ selector: XfrmSelector) -> UInt32 {
        let bits = UInt32(selector.sourcePrefix) + UInt32(selector.destinationPrefix)
        let details =
            (selector.nextProtocol == 0 ? 0 : 1) + (selector.sourcePortMask | selector.destinationPortMask == 0 ? 0 : 1)
        return 400_000 - 1_000 * bits - UInt32(details) * 100
    }
}

extension XfrmState {
    fileprivate func hasEnds(of other: XfrmState) -> Bool {
        (source, destination, securityProtocol) == (other.source, other.destination, other.securityProtocol)
    }
}

extension XfrmPolicy.Template {
    /// Whether it names that SA.
    func names(_ state: XfrmState) -> Bool { requestID == state.requestID && (spi == 0 || spi == state.spi) }

    /// Whether packets may go through that SA: it is named, and its ends are those wanted. Request IDs alone may be shared, and
    /// those of SAs that somebody added by hand often are.
    fileprivate func takes(_ state: XfrmState) -> Bool {
        names(state) && securityProtocol == state.securityProtocol && (source.value == 0 || source == state.source)
            && (destination.value == 0 || destination == state.destination)
    }
}

extension XfrmPolicy {
    /// Whether packets may go through one of these SAs, given by request ID.
    func uses(_ found: [UInt32: [KernelView.Found]]) -> Bool {
        templates.contains { template in
            found[template.requestID]?.contains { template.takes($0.state) } ?? false
        }
    }
}

extension [KernelView.Found] {
    /// The SAs by the request IDs by which policies name them.
    var byRequest: [UInt32: [KernelView.Found]] { Dictionary(grouping: self, by: \.state.requestID) }
}

extension XfrmPolicy {
    static let blocks: UInt8 = 1
    /// Of packets that must not leave unprotected: none that came otherwise has it, unless somebody gives it one by hand.
    static let guardedMark: UInt32 = 0x4645_4743

    /// Why a policy lets nothing out: by its priority, which none has that is made otherwise.
    enum BarrierKind: UInt32 {
        /// The SA is to come.
        case expected = 0x4645
        /// The SA is elsewhere: it went there, did not come, or ended here in a move that failed. Whatever else there is comes
        /// first.
        case left = 0xffff_fffe
    }

    /// The same packets let out by nobody.
    func barrier(_ kind: BarrierKind) -> XfrmPolicy {
        var barrier = XfrmPolicy(direction: direction, selector: selector)
        (barrier.mark, barrier.interfaceID) = (mark, interfaceID)
        (barrier.action, barrier.priority) = (Self.blocks, kind.rawValue)
        return barrier
    }

    /// A barrier of what was to come, as one of what is elsewhere.
    var lowered: XfrmPolicy {
        var barrier = self
        barrier.priority = BarrierKind.left.rawValue
        return barrier
    }

    /// Whether it is for what goes from here.
    var isOutwards: Bool { direction == KernelView.outwards }

    /// `nil` where it is none.
    var barrierKind: BarrierKind? { action == Self.blocks ? BarrierKind(rawValue: priority) : nil }

    /// Of a barrier, the SA whose packets it keeps back.
    var guarded: SAIdentifier? {
        guard barrierKind != nil, let template = templates.first, let spi = SPI(template.spi),
            let securityProtocol = SecurityProtocol(rawValue: template.securityProtocol)
        else { return nil }
        return SAIdentifier(spi: spi, destination: template.destination, securityProtocol: securityProtocol)
    }
}

extension XfrmPolicy.Template {
    /// Names the SA alone.
    fileprivate init(guarding identifier: SAIdentifier) {
        self.init(
            source: IPAddress(family: identifier.destination.family, value: 0), destination: identifier.destination,
            securityProtocol: identifier.securityProtocol.rawValue, requestID: 0, mode: ProtocolMode.tunnel.kernel)
        spi = identifier.spi.value
    }
}
