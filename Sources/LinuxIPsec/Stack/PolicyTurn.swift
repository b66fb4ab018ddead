package import IPsec

/// That policies which used one SA use another one, or the same by other addresses.
package struct PolicyTurn: Sendable {
    /// By which they named the SA.
    let requestID: UInt32
    /// And by which SPIs, where they name one.
    let spis: [UInt32]
    let direction: Direction
    /// The SA that they use from then on.
    let state: XfrmState

    /// - Parameter spi: what the SA was called, where policies may still name it so.
    package init(from old: XfrmState, _ direction: Direction, to state: XfrmState, formerly spi: UInt32? = nil) {
        (requestID, self.direction, self.state) = (old.requestID, direction, state)
        spis = [old.spi, spi].compactMap(\.self)
    }

    /// The policies that are others after the turns.
    ///
    /// - Parameter unbars: whether those that let nothing out meanwhile protect again.
    package static func turned(_ policies: [XfrmPolicy], by turns: [PolicyTurn], unbars: Bool = false) -> [XfrmPolicy] {
        let turns = Dictionary(grouping: turns, by: \.requestID)
        return policies.compactMap { policy in
            var changed = policy
            for index in policy.templates.indices {
                let template = policy.templates[index]
                // A pair of SAs may have one request ID.
                let turn = turns[template.requestID]?.first {
                    (template.spi == 0 || $0.spis.contains(template.spi))
                        && $0.state.securityProtocol == template.securityProtocol
                        && ($0.direction == .outbound) == policy.isOutwards
                }
                guard let turn else { continue }
                changed.templates[index].requestID = turn.state.requestID
                changed.templates[index].source = turn.state.source
                changed.templates[index].destination = turn.state.destination
                if template.spi != 0 { changed.templates[index].spi = turn.state.spi }
                if unbars { changed.action = 0 }
            }
            return changed == policy ? nil : changed
        }
    }
}
