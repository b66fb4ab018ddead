package import IPsec

extension KernelView.Found {
    /// Why the SA cannot move; `nil` where nothing keeps it.
    package func obstacle(now: UInt64) -> XfrmObstacle? {
        if let obstacle { return obstacle }
        do throws(XfrmObstacle) {
            return NonceRule.obstacle(
                try SecurityAssociation(state, name: "", user: "", direction: direction, now: now))
        } catch { return error }
    }

    /// What is shown of the SA, with the reason why it cannot move where it cannot.
    ///
    /// - Parameters:
    ///   - name: what a person calls it.
    ///   - user: whose it is.
    ///   - phase: whether it is in force.
    ///   - now: the kernel's clock, in seconds since 1970.
    package func status(name: String, user: String, phase: SAPhase, now: UInt64) -> AssociationStatus {
        var state = state
        if isParked { state.mark = nil }
        var reason = obstacle
        let association: SecurityAssociation
        do throws(XfrmObstacle) {
            association = try SecurityAssociation(state, name: name, user: user, direction: direction, now: now)
            reason = reason ?? NonceRule.obstacle(association)
        } catch {
            association = SecurityAssociation(
                shown: state, identifier: identifier, name: name, user: user, direction: direction, now: now)
            reason = reason ?? error
        }
        var counters = SACounters()
        (counters.packets, counters.bytes) = (state.use.packets, state.use.bytes)
        counters.replays = UInt64(state.statistics.outsideWindow) + UInt64(state.statistics.replayed)
        counters.integrityFailures = UInt64(state.statistics.integrityFailed)
        return AssociationStatus(
            association: association, phase: phase, counters: counters,
            obstacle: reason?.obstacle, particulars: state.particulars)
    }
}
