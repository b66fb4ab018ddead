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
        var mobileNodeMessages = 0
        var staticOctets = 0
        var staticContexts = 0
        var dynamicOctets = 0
        var dynamicContexts = 0
    }

    /// Routes of moves that completed, in their order; for one consumer.
    let completed: AsyncStream<MoveRoute>
    private let completing: AsyncStream<MoveRoute>.Continuation
    /// Outcomes, once everything that follows from them is done; for one consumer.
    let settled: AsyncStream<MoveID>
    private let settling: AsyncStream<MoveID>.Continuation
    private let state = Mutex(State())

    private struct State {
        var recordings: [MoveID: Recording] = [:]
        var order: [MoveID] = []
        var signalling = Signalling()
        var onEvent: @Sendable (MoveEvent, NodeName) -> Void = { _, _ in }
    }

    /// Tells what parties of moves do, as they do it, to somebody who wants to interfere.
    func onEvent(_ take: @escaping @Sendable (MoveEvent, NodeName) -> Void) { state.withLock { $0.onEvent = take } }

    private let mobileNodes: Set<NodeName>

    init(mobileNodes: Set<NodeName>) {
        self.mobileNodes = mobileNodes
        (completed, completing) = AsyncStream.makeStream()
        (settled, settling) = AsyncStream.makeStream()
    }

    /// The moves in the order that they began.
    var recordings: [(id: MoveID, recording: Recording)] {
        state.withLock { state in state.order.compactMap { id in state.recordings[id].map { (id, $0) } } }
    }

    var signalling: Signalling { state.withLock { $0.signalling } }

    /// Takes what a party of a move tells at its node.
    func take(_ event: MoveEvent, at node: NodeName) {
        state.withLock { $0.onEvent }(event, node)
        let outcome = state.withLock { state -> ContextTransfer.MoveOutcome? in
            let id = event.move.id
            if state.recordings[id] == nil { state.order.append(id) }
            state.recordings[id, default: Recording(route: event.move.route)].take(event)
            guard case .stands(.over(let outcome)) = event.kind, event.key.role == .source else { return nil }
            return outcome
        }
        guard let outcome else { return }
        if outcome == .completed { completing.yield(event.move.route) } else { settling.yield(event.move.id) }
    }

    /// The paths follow a move that completed.
    func followed(_ route: MoveRoute) {
        let id = state.withLock { state in
            state.order.last { state.recordings[$0]?.route == route && state.recordings[$0]?.outcome == .completed }
        }
        if let id { settling.yield(id) }
    }

    /// Takes what was sent.
    func take(_ message: SentMessage) {
        state.withLock { state in
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
    fileprivate mutating func take(_ event: MoveEvent) {
        switch event.kind {
        case .entered(let phase): phases.append((phase, event.instant))
        case .quiesced: quiesced = event.instant
        case .installed: installed = event.instant
        case .renegotiationNeeded(let identifiers, _): renegotiated.formUnion(identifiers)
        case .stands(.over(let outcome)) where event.key.role == .source:
            (self.outcome, end) = (outcome, event.instant)
        case .about, .stands, .resumed, .released, .failed: break
        }
    }

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
