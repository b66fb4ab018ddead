package import IPsec

/// An SA that moves may get another SPI, or its new gateway's address. Until its far end knows, packets come under the
/// old name, through the old gateway: one SA, one window, two names.
extension PacketEngine {
    /// How long a packet can be under way: old names are kept for so long after their far end knows the new ones.
    static let strayLimit = Duration.seconds(2)

    /// Takes what other gateways pass on for the old names, the keys, as meant for the new ones, the values.
    package mutating func adopt(_ names: [SAIdentifier: SAIdentifier]) {
        for (old, new) in names where old != new { oldNames[old] = OldName(identifier: new, end: nil) }
    }

    /// Forgets the old names of these SAs when no packet that bears them can be under way any more.
    package mutating func retireOldNames(of identifiers: [SAIdentifier], now: Duration) {
        let retired = Set(identifiers)
        oldNames = oldNames.filter { $0.value.end.map { now < $0 } ?? true }
        for old in oldNames.keys where oldNames[old].map({ retired.contains($0.identifier) && $0.end == nil }) ?? false
        {
            oldNames[old]?.end = now + Self.strayLimit
        }
    }

    /// Gives the gateway's end of SAs that are here another name, all or none, as the gateway's far end does: numbers,
    /// windows and ages go on, and so does what uses the SAs.
    ///
    /// An update that was carried out already changes nothing. Throws ``StackError/outdated(_:)`` for one that is not
    /// the next after the last.
    package mutating func update(_ updates: [GatewayUpdate]) throws(StackError) {
        var renamed: [SAIdentifier: SADEntry] = [:]
        for update in updates {
            let identifier = update.identifier
            guard try !isDone(update), let entry = entries[identifier] else { continue }
            guard entry.isInForce else { throw .wrongPhase(identifier, entry.phase) }
            guard entry.association.direction == .outbound || update.name.spi == identifier.spi,
                let new = entry.withPeer(named: update.name)
            else { throw .unsupported(identifier, "an update that does not fit it") }
            let isFree = entries[new.association.identifier] == nil || new.association.identifier == identifier
            guard isFree else { throw .identifierInUse(new.association.identifier) }
            renamed[identifier] = new
        }
        for (old, entry) in renamed {
            entries[old] = nil
            entries[entry.association.identifier] = entry
            spd.rename(old, to: entry.association.identifier)
        }
    }

    /// Whether an update was carried out before.
    private func isDone(_ update: GatewayUpdate) throws(StackError) -> Bool {
        let renamed = entries[update.identifier.named(update.name)]?.association
        // Only what goes to the gateway has another identifier under another name.
        let known = entries[update.identifier]?.association ?? (renamed?.direction == .outbound ? renamed : nil)
        guard let known else { throw .noAssociation(update.identifier) }
        if known.state.renamings == update.order, known.withPeer(named: update.name) == known { return true }
        guard known.identifier == update.identifier, known.state.renamings == update.order &- 1 else {
            throw .outdated(update.identifier)
        }
        return false
    }

    /// The part as meant for the SA's name here, where another gateway passed it on under the old one.
    func renamed(_ part: ProtectedPart, _ arrival: Arrival, now: Duration) -> ProtectedPart {
        guard !oldNames.isEmpty, arrival.tunnelStart != nil, let name = oldNames[part.identifier],
            name.end.map({ now < $0 }) ?? true
        else { return part }
        var renamed = part
        renamed.identifier = name.identifier
        return renamed
    }
}
