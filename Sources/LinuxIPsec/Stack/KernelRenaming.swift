package import IPsec

/// That the gateway's end of a kernel SA gets another name, as the gateway's far end does it: a value.
package struct KernelRenaming: Sendable {
    package let found: KernelView.Found
    private let update: GatewayUpdate

    /// How an update stands to the SAs that are there.
    package enum Standing: Sendable {
        /// It was carried out before, on this SA.
        case done(KernelView.Found)
        case next(KernelRenaming)
    }

    /// Throws ``StackError/outdated(_:)`` for an update that is not the next after the last.
    ///
    /// - Parameter present: the SAs that have the old or the new name.
    package static func standing(
        _ update: GatewayUpdate, _ present: [SAIdentifier: KernelView.Found]
    ) throws(StackError) -> Standing {
        let (old, new) = (update.identifier, update.identifier.named(update.name))
        let renamed = present[new]
        // Only what goes to the gateway has another identifier under another name.
        guard let found = present[old] ?? (renamed?.direction == .outbound ? renamed : nil) else {
            throw .noAssociation(old)
        }
        let renaming = KernelRenaming(found: found, update: update)
        let count = found.state.past.renamings
        if count == update.order, found.identifier == renaming.identifier,
            renaming.renamed(found.state).source == found.state.source
        {
            return .done(found)
        }
        guard count < XfrmPast.most else { throw .unsupported(old, "to be renamed more often") }
        guard found.identifier == old, count == update.order &- 1 else { throw .outdated(old) }
        guard !found.isParked else { throw .wrongPhase(old, .quiesced) }
        guard found.direction == .outbound || update.name.spi == old.spi,
            update.name.address.family == old.destination.family
        else { throw .unsupported(old, "an update that does not fit it") }
        guard present[renaming.identifier] == nil || renaming.identifier == old else {
            throw .identifierInUse(renaming.identifier)
        }
        return .next(renaming)
    }

    /// What the SA is called here from then on.
    private var identifier: SAIdentifier {
        found.direction == .outbound ? update.identifier.named(update.name) : update.identifier
    }

    /// Why it cannot be put in force once more as it is; `nil` where it can. Its policies stay what they are.
    package var obstacle: XfrmObstacle? {
        let state = found.state
        if let type = state.unknown.keys.min() { return .unknownAttribute(type) }
        if state.offload != nil { return .offload }
        if [state.combined, state.encryption, state.authentication].contains(where: { $0?.isHidden ?? false }) {
            return .hiddenKey
        }
        let association = try? SecurityAssociation(
            state, name: "", user: "", direction: found.direction, now: state.use.added)
        return found.obstacle == .sharedName ? .sharedName : association.flatMap(NonceRule.obstacle)
    }

    /// The SA in the state that it has, under its new name.
    package func renamed(_ state: XfrmState) -> XfrmState {
        var renamed = state
        switch found.direction {
        case .inbound: renamed.source = update.name.address
        case .outbound: (renamed.destination, renamed.spi) = (update.name.address, update.name.spi.value)
        }
        renamed.past.renamings = update.order
        renamed.past.installs += 1
        return renamed
    }
}
