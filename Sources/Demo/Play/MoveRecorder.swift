import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Synchronization

/// What all daemons of a demo say of the moves, on one clock.
final class MoveRecorder: Sendable {
    /// One move.
    struct Recording: Sendable {
        var route: MoveRoute
        /// The SAs that it is about.
        var names: Set<String> = []
        /// Whether a previous router leads it: its word on the outcome is the one that counts.
        var isLed = false
        var phases: [(phase: MovePhase, start: ContinuousClock.Instant)] = []
        var quiesced: ContinuousClock.Instant?
        var installed: ContinuousClock.Instant?
        var end: ContinuousClock.Instant?
        var outcome: ContextTransfer.MoveOutcome?
        var renegotiated: Set<SAIdentifier> = []
    }

    /// What was sent for all moves.
    struct Signalling: Hashable, Sendable {
        var messages = 0
        var octets = 0
        /// What plans were made of, before moves.
        var planMessages = 0
        var planOctets = 0
        var mobileNodeMessages = 0
        var staticOctets = 0
        var staticContexts = 0
        var dynamicOctets = 0
        var dynamicContexts = 0
    }

    /// Moves that ended, in their order; for one consumer.
    let ended: AsyncStream<MoveID>
    private let ending: AsyncStream<MoveID>.Continuation
    /// Moves that ended, once everything that follows from it is done; for one consumer.
    let settled: AsyncStream<MoveID>
    private let settling: AsyncStream<MoveID>.Continuation
    private let state = Mutex(State())

    private struct State {
        var recordings: [MoveID: Recording] = [:]
        var order: [MoveID] = []
        var awaited: Set<MoveID> = []
        var settled: Set<MoveID> = []
        /// How many moves have begun and not ended.
        var open = 0
        var signalling = Signalling()
        var onEvent: @Sendable (MoveEvent, NodeName) -> Void = { _, _ in }
    }

    /// Tells what parties of moves do, as they do it, to somebody who wants to interfere.
    func onEvent(_ take: @escaping @Sendable (MoveEvent, NodeName) -> Void) { state.withLock { $0.onEvent = take } }

    private let mobileNodes: Set<NodeName>

    init(mobileNodes: Set<NodeName>) {
        self.mobileNodes = mobileNodes
        (ended, ending) = AsyncStream.makeStream()
        (settled, settling) = AsyncStream.makeStream()
    }

    /// The moves in the order that they began.
    var recordings: [(id: MoveID, recording: Recording)] {
        state.withLock { state in state.order.compactMap { id in state.recordings[id].map { (id, $0) } } }
    }

    subscript(id: MoveID) -> Recording? { state.withLock { $0.recordings[id] } }

    var signalling: Signalling { state.withLock { $0.signalling } }

    /// Takes what a party of a move tells at its node.
    func take(_ event: MoveEvent, at node: NodeName) {
        state.withLock { $0.onEvent }(event, node)
        let isOver = state.withLock { state in
            let id = event.move.id
            if state.recordings[id] == nil {
                state.order.append(id)
                state.open += 1
            }
            let isOver = state.recordings[id, default: Recording(route: event.move.route)].take(event)
            if isOver { state.open -= 1 }
            return isOver
        }
        if isOver { ending.yield(event.move.id) }
    }

    /// Everything that follows from the end of a move is done.
    func settle(_ id: MoveID) {
        state.withLock { state in
            state.settled.insert(id)
            state.awaited.remove(id)
        }
        settling.yield(id)
    }

    /// Somebody waits for a move.
    func expect(_ id: MoveID) {
        state.withLock { state in
            if !state.settled.contains(id) { state.awaited.insert(id) }
        }
    }

    /// Whether moves have begun and not ended.
    var isBusy: Bool { state.withLock { $0.open > 0 } }

    /// Whether any move was completed.
    var hasCompleted: Bool { state.withLock { $0.recordings.values.contains { $0.outcome == .completed } } }

    /// How many of the moves that somebody waits for have not settled.
    var awaited: Int { state.withLock { $0.awaited.count } }

    /// Takes what was sent.
    func take(_ message: SentMessage) {
        state.withLock { state in
            guard !message.isForPlan else {
                state.signalling.planMessages += message.messages
                state.signalling.planOctets += message.octets
                return
            }
            state.signalling.messages += message.messages
            state.signalling.octets += message.octets
            if mobileNodes.contains(message.to) || mobileNodes.contains(message.from) {
                state.signalling.mobileNodeMessages += message.messages
            }
            if message.staticContexts > 0 {
                state.signalling.staticContexts += message.staticContexts
                state.signalling.staticOctets += message.contextOctets
            }
            if message.dynamicContexts > 0 {
                state.signalling.dynamicContexts += message.dynamicContexts
                state.signalling.dynamicOctets += message.contextOctets
            }
        }
    }

}

extension MoveRecorder.Recording {
    /// Takes in what a party tells; `true` when the move is now over, which is said once.
    fileprivate mutating func take(_ event: MoveEvent) -> Bool {
        if event.key.role == .source { isLed = true }
        switch event.kind {
        case .about(let names, _, _, _): self.names.formUnion(names)
        case .entered(let phase): phases.append((phase, event.instant))
        case .quiesced: quiesced = event.instant
        case .installed: installed = event.instant
        case .renegotiationNeeded(let identifiers, _), .missing(let identifiers): renegotiated.formUnion(identifiers)
        // Nobody leads it where the previous router refused, or was not there: then the holder knows.
        case .stands(.over(let outcome)) where event.key.role == .source || (event.key.role == .holder && !isLed):
            let isNews = self.outcome == nil
            (self.outcome, end) = (outcome, event.instant)
            return isNews
        case .stands, .resumed, .released, .updated, .failed: break
        }
        return false
    }

    /// Whether new SAs were negotiated in the place of the old ones: nothing was taken out of service.
    var isRenewal: Bool { outcome == .completed && quiesced == nil }

    /// From the last packet at the holder to in force at the taker.
    var pause: Duration? {
        guard let quiesced, let installed else { return nil }
        return installed - quiesced
    }

    /// Each phase and how long it took, in the order that they began.
    var durations: [(phase: MovePhase, duration: Duration)] {
        let sorted = phases.sorted { $0.start < $1.start }
        return sorted.indices.compactMap { index in
            guard let last = index + 1 < sorted.count ? sorted[index + 1].start : end else { return nil }
            return (sorted[index].phase, last - sorted[index].start)
        }
    }
}
