package import ContextTransfer
package import GatewayAPI
package import Terminal

/// What can happen to the console.
///
/// Times are by the console's own clock, which must never go back: wall time when it started, plus time since.
package enum ConsoleMessage: Equatable, Sendable {
    /// A key was pressed.
    case key(Key, at: ClockTime)
    /// The screen has this size: first of all, and whenever it changes.
    case resize(Size)
    /// Time went by; only asked for with ``ConsoleCommand/tick(everySeconds:)``.
    case tick(ClockTime)
    /// News of a gateway. One that was never named before joins the others, at the end.
    case gateway(GatewayLabel, GatewayNews, at: ClockTime)
    /// The answer to ``ConsoleCommand/plan(at:_:)``.
    case planned(GatewayLabel, MoveSelection, PlanAnswer, at: ClockTime)
    /// The answer to ``ConsoleCommand/trace(at:_:)``, where there is one.
    case traced(GatewayLabel, MoveID, [TracedMessage], at: ClockTime)
    /// The answer to ``ConsoleCommand/drained(at:_:)``.
    case drained(GatewayLabel, DrainedQuery, DrainedAnswer, at: ClockTime)
    /// The answer to ``ConsoleCommand/request(at:_:)``.
    case answered(GatewayLabel, GatewayRequest, RequestAnswer, at: ClockTime)
}
