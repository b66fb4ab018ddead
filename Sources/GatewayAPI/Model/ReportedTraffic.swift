package import IPsec

/// What changes with the packets of an SA, as the API tells it.
package struct ReportedTraffic: Hashable, Sendable {
    /// The last number sent; 0 before the first packet.
    package var lastSent: SequenceNumber
    /// The highest number received; `nil` when anti-replay is off.
    package var windowHighest: SequenceNumber?
    /// Lifetime used; the age in whole microseconds.
    package var use: LifetimeUse
    /// The path MTU, where one was learned; its age in whole microseconds.
    package var pathMTU: PathMTU?
    /// What happened to its packets here since it was installed.
    package var counters: SACounters

    /// From its parts.
    package init(
        lastSent: SequenceNumber, windowHighest: SequenceNumber?, use: LifetimeUse, pathMTU: PathMTU?,
        counters: SACounters
    ) {
        self.lastSent = lastSent
        self.windowHighest = windowHighest
        self.use = use
        self.pathMTU = pathMTU
        self.counters = counters
    }

    /// What a stack says of one of its SAs.
    package init(_ status: AssociationStatus) {
        let state = status.association.state
        self.init(
            lastSent: state.lastSent, windowHighest: state.window?.highest, use: state.use, pathMTU: state.pathMTU,
            counters: status.counters)
    }
}
