/// A connection that hears of events: does no I/O and reads no clock.
package struct ViciSubscription: Hashable, Sendable {
    /// What the owner does next.
    package enum Action: Hashable, Sendable {
        /// Sends the packet.
        case send(ViciPacket)
        /// Every event is asked for: from now on none is missed.
        case ready
        /// Passes an event on.
        case hear(String, ViciMessage)
        /// Ends.
        case fail(ViciFailure)
    }

    private enum State: Hashable, Sendable {
        /// Waits for the confirmation of the first of these.
        case registering(String, then: ArraySlice<String>)
        case listening
        case over
    }

    private var state: State

    /// The subscription to events of those names.
    package init(to first: String, _ others: [String]) { state = .registering(first, then: others[...]) }

    /// What is sent first.
    package var opening: ViciPacket? {
        if case .registering(let name, _) = state { .eventRegister(name) } else { nil }
    }

    /// Takes a packet.
    package mutating func handle(_ packet: ViciPacket) -> Action {
        let action: Action
        (state, action) = transition(state, packet)
        return action
    }

    private func transition(_ state: State, _ packet: ViciPacket) -> (State, Action) {
        switch (state, packet) {
        case (.registering(_, let others), .eventConfirm):
            if let next = others.first {
                (.registering(next, then: others.dropFirst()), .send(.eventRegister(next)))
            } else {
                (.listening, .ready)
            }
        case (.registering(let name, _), .eventUnknown): (.over, .fail(.unknownEvent(name)))
        case (.registering, .event(let name, let message)), (.listening, .event(let name, let message)):
            (state, .hear(name, message))
        case (.listening, .eventConfirm), (.listening, .eventUnknown), (.over, _),
            (_, .commandRequest), (_, .commandResponse), (_, .commandUnknown), (_, .eventRegister),
            (_, .eventUnregister):
            (.over, .fail(.unexpected(packet.kind)))
        }
    }
}
