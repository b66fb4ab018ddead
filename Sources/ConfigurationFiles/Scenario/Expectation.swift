package import ForwardingPath

/// What a scenario must end as.
package struct Expectation: Hashable, Sendable {
    /// How the moves must end.
    package var outcome: MoveOutcome
    /// In the order of the file; SAs that are not named are not looked at.
    package var associations: [AssociationExpectation] = []
    /// The most packets of all flows that may be lost.
    package var lost = 0
    /// The most that may arrive twice.
    package var duplicated = 0
    /// The most packets of a replayed capture that may be accepted.
    package var replayAccepted = 0
    /// How many SAs must be in force at these gateways.
    package var counts: [NodeName: Int] = [:]
    /// How many moves must have been completed; `nil` is not looked at.
    package var completed: Int?
    /// How many moves must have ended otherwise; `nil` is not looked at.
    package var refused: Int?
    /// The longest pause at the 99th percentile; `nil` is not looked at.
    package var pause: Duration?
    /// How many requests must be refused; `nil` is not looked at.
    package var refusals: Int?
    /// How many messages to and from mobile nodes there must be; `nil` is not looked at.
    package var mobileNodeMessages: ClosedRange<Int>?

    /// That outcome, and nothing lost, doubled or replayed.
    package init(outcome: MoveOutcome = .completed) { self.outcome = outcome }
}
