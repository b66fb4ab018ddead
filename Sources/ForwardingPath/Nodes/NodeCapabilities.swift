package import IPsec

/// What is known of a node's ability to take SAs (draft section 6.4), before its daemon was asked.
package struct NodeCapabilities: Hashable, Sendable {
    /// The suites that it can use; `nil` when nothing is said, which is taken as all.
    package var suites: [AlgorithmSuite]?
    /// How many SAs may end at it at a time; `nil` for no limit.
    package var capacity: Int?
    /// The largest replay window that it can keep, in packets; `nil` for any that there is. A plan does not look at it:
    /// it is the gateway's to say.
    package var largestReplayWindow: Int?

    /// Without arguments: everything, without a limit.
    package init(
        suites: [AlgorithmSuite]? = nil, capacity: Int? = nil, largestReplayWindow: Int? = nil
    ) {
        (self.suites, self.capacity, self.largestReplayWindow) = (suites, capacity, largestReplayWindow)
    }

    /// Whether `suite` can be used.
    package func allows(_ suite: AlgorithmSuite) -> Bool { suites?.contains(suite) ?? true }
}
