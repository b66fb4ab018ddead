/// A message of one move on its way to the node that plays `receiver`.
package struct MoveEnvelope: Equatable, Sendable {
    package let id: MoveID
    package let subject: MoveSubject
    package let route: MoveRoute
    package let sender: MoveRole
    package let receiver: MoveRole
    package let message: MoveMessage

    package init(
        id: MoveID, subject: MoveSubject, route: MoveRoute, sender: MoveRole, receiver: MoveRole, message: MoveMessage
    ) {
        self.id = id
        self.subject = subject
        self.route = route
        self.sender = sender
        self.receiver = receiver
        self.message = message
    }
}
