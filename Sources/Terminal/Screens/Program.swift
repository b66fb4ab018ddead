/// A program on a screen as a value: what it knows, how a message changes that, and what is seen of it.
///
/// It has no effects: ``update(_:)`` returns commands, which whoever runs the program carries out.
package protocol Program {
    /// What can happen to it: a key, a change of size, news from elsewhere.
    associatedtype Message: Sendable
    /// What it wants done.
    associatedtype Command: Equatable, Sendable

    /// Takes in what happened, and returns what is to be done, in order.
    mutating func update(_ message: Message) -> [Command]

    /// Draws all of it on an empty canvas.
    func view(on canvas: inout Canvas)
}
