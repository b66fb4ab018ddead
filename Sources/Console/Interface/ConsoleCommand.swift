package import ContextTransfer
package import GatewayAPI

/// What the console wants done; whoever runs it carries it out and answers with a ``ConsoleMessage``.
package enum ConsoleCommand: Hashable, Sendable {
    /// Ask a gateway what a move would do; answer with ``ConsoleMessage/planned(_:_:_:at:)``.
    case plan(at: GatewayLabel, MoveSelection)
    /// Ask a gateway to do something; answer with ``ConsoleMessage/answered(_:_:_:at:)``.
    case request(at: GatewayLabel, GatewayRequest)
    /// Ask a gateway which messages of a move it sent and received; answer with ``ConsoleMessage/traced(_:_:_:at:)``.
    case trace(at: GatewayLabel, MoveID)
    /// Ask a gateway what became of some of its drain's moves; answer with ``ConsoleMessage/drained(_:_:_:at:)``.
    case drained(at: GatewayLabel, DrainedQuery)
    /// Send a ``ConsoleMessage/tick(_:)`` every so many seconds from now on; `nil` for none.
    case tick(everySeconds: Int?)
    /// End.
    case quit
}
