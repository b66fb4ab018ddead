package import ContextTransfer
package import ForwardingPath

/// What a node may say by its certificate, its place in the network and its part in the move.
package enum EnvelopeCheck {
    /// Why an envelope is not taken, as a sentence without full stop; `nil` when it is.
    package static func problem(
        with envelope: MoveEnvelope, from peer: NodeName, network: Network
    ) -> String? {
        let route = envelope.route
        guard let speaker = route[envelope.sender], speaker == peer else {
            return "\(peer) speaks as the \(envelope.sender.name), which is \(route[envelope.sender]?.text ?? "nobody")"
        }
        for role in MoveRole.allCases {
            guard let name = route[role] else { continue }
            guard let node = network.node(name) else { return "\(name) is no node of the network" }
            guard role == .mobile ? node.role == .mobileNode : node.role.takesAssociations else {
                return "\(node.name) cannot be the \(role.name): its role is \(node.role.rawValue)"
            }
        }
        guard envelope.message.ways.contains(where: { $0 == (envelope.sender, envelope.receiver) }) else {
            return "the \(envelope.sender.name) may not say that to the \(envelope.receiver.name)"
        }
        if let subject = envelope.message.subject, subject != envelope.subject {
            return "\(peer) speaks of another subject than the move's"
        }
        return nil
    }
}

extension MoveMessage {
    /// Who may say it to whom.
    fileprivate var ways: [(from: MoveRole, to: MoveRole)] {
        switch self {
        case .query, .prepare, .abandon, .release: [(.source, .target), (.target, .taker)]
        case .destroy: [(.source, .target), (.target, .taker), (.source, .holder)]
        case .inquire: [(.source, .target), (.target, .taker), (.holder, .source)]
        case .cancel: [(.source, .target), (.target, .taker), (.source, .holder)]
        case .transfer: [(.holder, .source), (.source, .target), (.target, .taker)]
        case .answer: [(.taker, .target), (.target, .source), (.source, .holder)]
        case .settled: [(.taker, .target), (.target, .source), (.source, .holder)]
        case .prepared, .redirected, .destroyed, .released: [(.taker, .target), (.target, .source)]
        case .approved: [(.target, .source)]
        case .seek: [(.source, .target)]
        case .found: [(.target, .source)]
        case .update: [(.taker, .target), (.target, .mobile), (.target, .source), (.source, .mobile)]
        case .updated: [(.mobile, .target), (.target, .taker), (.mobile, .source), (.source, .target)]
        case .request, .collected, .closed, .surveyed: [(.holder, .source)]
        case .collect, .quiesce, .survey: [(.source, .holder)]
        case .refused: [(.holder, .source), (.target, .source), (.taker, .target), (.source, .holder)]
        }
    }

    /// Whose SAs it is about, where it says so itself.
    fileprivate var subject: MoveSubject? {
        switch self {
        case .query(let offer): offer.subject
        case .request(let request): request.offer.subject
        default: nil
        }
    }
}
