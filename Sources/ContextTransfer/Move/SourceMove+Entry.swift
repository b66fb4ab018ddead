extension SourceMove {
    /// What a state sends when it is entered and at each deadline.
    func entry(_ state: State) -> [MoveAction] {
        switch state {
        case .planned, .committed, .stranded: []
        case .waiting(before: .collect, _), .waiting(before: .prepare, _):
            isLongAwaited ? [.send(.query(offer), to: .target)] : []
        case .waiting(before: .release, _): isLongAwaited ? [.send(.inquire, to: .target)] : []
        case .waiting: []
        case .querying: [.send(.query(offer), to: .target)]
        case .approving(let missing):
            attempts > 0
                ? missing.contains(.target) || isLongAwaited ? [.send(.query(offer), to: .target)] : []
                : missing.contains(.source) ? [.askApproval] : []
        case .collecting: [.send(.collect(offer.associations.map(\.identifier)), to: .holder)]
        case .preparing(let contexts):
            isDue(contexts.associations.count) ? [.send(.prepare(contexts), to: .target)] : []
        case .quiescing: [.send(.quiesce, to: .holder)]
        case .transferring(let dynamics, let elapsed):
            isDue(dynamics.count) ? [.send(.transfer(dynamics, elapsed: elapsed), to: .target)] : []
        case .redirecting(let holderClosed, let waiting):
            (holderClosed ? [] : [.send(.settled(.installed), to: .holder)])
                + (!waiting && (stepping || attempts > 0) ? [.send(.inquire, to: .target)] : [])
                // An inquiry would turn the traffic.
                + (waiting && isLongAwaited ? [.send(.query(reminder), to: .target)] : [])
        case .releasing(let holderClosed, let takerClosed):
            (holderClosed ? [] : [.send(.settled(.installed), to: .holder)])
                + (takerClosed ? [] : [.send(.release, to: .target)])
        case .cancelling(let reason): [.send(.cancel(reason), to: .target), .send(.cancel(reason), to: .holder)]
        case .settling: [.send(.inquire, to: .target)]
        case .returning(let settlement, _): [.send(.settled(settlement), to: .holder)]
        case .condemning: [.send(.destroy, to: .holder)]
        case .abandoning(let reason): [.send(.abandon(reason), to: .target)]
        case .destroying: [.send(.destroy, to: .target)]
        case .finished: []
        }
    }

    /// The offer, to remind the others that the move is under way; nobody is asked to agree once more.
    private var reminder: MoveOffer {
        var offer = offer
        offer.needsApproval = false
        return offer
    }

    /// Whether so many SAs are to be sent now: it takes long to send thousands, and longer to answer.
    private func isDue(_ count: Int) -> Bool { count <= Self.many || attempts.isMultiple(of: 4) }

    private static let many = 1_000

    /// Whether people take so much time that the others would forget the move.
    private var isLongAwaited: Bool { attempts >= timing.attempts }

    func deadline(_ state: State) -> Duration? {
        switch state {
        case .waiting(before: .collect, _), .waiting(before: .prepare, _), .waiting(before: .release, _):
            timing.retry * (1 << min(max(0, attempts - timing.attempts), 4))
        case .planned, .waiting, .committed, .stranded, .finished: nil
        case .querying, .approving, .collecting, .preparing, .quiescing, .transferring, .redirecting, .releasing,
            .cancelling, .settling, .returning, .condemning, .abandoning, .destroying:
            // The longer nobody answers, the less often we ask, but at least every 16 retries.
            timing.retry * (1 << min(max(0, attempts - timing.attempts), 4))
        }
    }
}
