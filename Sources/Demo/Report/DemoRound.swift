package import ForwardingPath

/// One time that all which could move has moved: what it took, and how things stood afterwards.
package struct DemoRound: Hashable, Sendable {
    /// Messages that were sent for it.
    let messages: Int
    /// Those to and from mobile nodes.
    let mobileNodeMessages: Int
    /// What was done with SAs, by name: `true` where new ones were negotiated in their place.
    let done: [String: Bool]
    /// The SAs and the policies right after it.
    let associations: [DemoReport.Association]
    let policies: [DemoReport.HeldPolicy]
}

extension DemoReport {
    /// A policy that gateways of the demo have.
    package struct HeldPolicy: Hashable, Sendable {
        package let name: String
        /// Whether it is the operator's, and no user's.
        package let isStatic: Bool
        /// The gateways that have it, one as often as it has it.
        package let at: [NodeName]
    }
}
