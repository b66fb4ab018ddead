package import ContextTransfer

/// What does not change about one move, as each of its parties knows it. It holds no key.
package struct MoveDescription: Hashable, Sendable {
    package let id: MoveID
    package let subject: MoveSubject
    package let route: MoveRoute

    /// What an envelope says of its move.
    package init(_ envelope: MoveEnvelope) {
        self.init(id: envelope.id, subject: envelope.subject, route: envelope.route)
    }

    package init(id: MoveID, subject: MoveSubject, route: MoveRoute) {
        (self.id, self.subject, self.route) = (id, subject, route)
    }
}
