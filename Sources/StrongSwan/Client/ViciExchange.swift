/// One command on a connection of its own: does no I/O and reads no clock.
///
/// A command whose answer comes in parts asks for the parts' event first. VICI has no numbers for requests, so a
/// connection has one command at a time, and after one that took too long it could not be used again.
package struct ViciExchange: Hashable, Sendable {
    /// What the owner does next.
    package enum Action: Hashable, Sendable {
        /// Sends the packet.
        case send(ViciPacket)
        /// Keeps a part of the answer.
        case keep(ViciMessage)
        /// Ends with the answer.
        case finish(ViciMessage)
        /// Ends.
        case fail(ViciFailure)
    }

    private enum State: Hashable, Sendable {
        case registering
        case requesting
        case over
    }

    private let command: String
    private let message: ViciMessage
    /// The event that brings the parts of the answer.
    private let parts: String?
    private var state: State

    /// The exchange for a command; `parts` names the event that its answer comes in.
    package init(_ command: String, _ message: ViciMessage = [:], parts: String? = nil) {
        (self.command, self.message, self.parts) = (command, message, parts)
        state = parts == nil ? .requesting : .registering
    }

    /// What is sent first.
    package var opening: ViciPacket { parts.map(ViciPacket.eventRegister) ?? request }

    private var request: ViciPacket { .commandRequest(command, message) }

    /// Takes a packet.
    package mutating func handle(_ packet: ViciPacket) -> Action {
        let action: Action
        (state, action) = transition(state, packet)
        return action
    }

    private func transition(_ state: State, _ packet: ViciPacket) -> (State, Action) {
        switch (state, packet) {
        case (.registering, .eventConfirm): (.requesting, .send(request))
        case (.registering, .eventUnknown): (.over, .fail(.unknownEvent(parts ?? "")))
        case (.requesting, .event(parts, let message)): (.requesting, .keep(message))
        case (.requesting, .commandResponse(let answer)): (.over, finish(answer))
        case (.requesting, .commandUnknown): (.over, .fail(.unknownCommand(command)))
        case (.registering, .commandResponse), (.registering, .commandUnknown), (.registering, .event),
            (.requesting, .eventConfirm), (.requesting, .eventUnknown), (.requesting, .event), (.over, _),
            (_, .commandRequest), (_, .eventRegister), (_, .eventUnregister):
            (.over, .fail(.unexpected(packet.kind)))
        }
    }

    /// An answer without `success` is one of those that say yes by being there.
    private func finish(_ answer: ViciMessage) -> Action {
        guard let success = answer.text("success"), success != "yes" else { return .finish(answer) }
        return .fail(.refused(command: command, reason: answer.text("errmsg") ?? "it gave no reason"))
    }
}
