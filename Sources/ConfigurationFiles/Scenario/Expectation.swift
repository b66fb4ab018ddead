package import ForwardingPath

/// What a scenario must end as.
///
/// What a file does not say is `nil` and is not looked at, but for losses and what arrives or is accepted twice: there
/// none may be.
package struct Expectation: Hashable, Sendable {
    /// How the moves must end.
    package var outcome: MoveOutcome
    /// In the order of the file; SAs that are not named are not looked at.
    package var associations: [AssociationExpectation] = []
    /// Where policies must be; empty: they are not looked at. Otherwise no gateway may have one that is not named.
    package var policies: [PolicyExpectation] = []
    /// How many packets of all flows may be lost; `nil`: none.
    package var lost: ClosedRange<Int>?
    /// How many may arrive twice; `nil`: none.
    package var duplicated: ClosedRange<Int>?
    /// How many packets of a replayed capture there must be at least.
    package var replayOffered: Int?
    /// How many of them may be accepted; `nil`: none.
    package var replayAccepted: ClosedRange<Int>?
    /// How many SAs must be in force at these gateways.
    package var counts: [NodeName: Int] = [:]
    /// How many moves must have been completed.
    package var completed: Int?
    /// How many moves must have ended otherwise.
    package var refused: Int?
    /// The longest pause at the 99th percentile.
    package var pause: Duration?
    /// How many requests for contexts previous routers must have granted.
    package var requests: Int?
    /// How many requests must be refused.
    package var refusals: Int?
    /// How many messages there must be between routers and mobile nodes, all in all.
    package var messages: ClosedRange<Int>?
    /// How many of them to and from mobile nodes.
    package var mobileNodeMessages: ClosedRange<Int>?

    /// That outcome, and nothing lost, doubled or replayed.
    package init(outcome: MoveOutcome = .completed) { self.outcome = outcome }
}
