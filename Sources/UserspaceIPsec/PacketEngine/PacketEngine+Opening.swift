internal import IPPackets
internal import IPsec

extension PacketEngine {
    /// Takes a packet through its inbound SA, in the order of RFC 4303 section 3.4: replay check, ICV, decryption,
    /// window, selectors.
    mutating func open(
        _ part: ProtectedPart, _ arrival: Arrival, at index: Dictionary<SAIdentifier, SADEntry>.Index, now: Duration,
        _ outputs: inout [EngineOutput]
    ) {
        entries.values[index].refresh(now)
        if let event = entries.values[index].age() { outputs.append(.event(event)) }
        guard let transform = entries.values[index].transform else {
            counters.unknownSPI += 1
            return
        }
        guard let number = entries.values[index].acceptableNumber(part.low) else {
            entries.values[index].counters.replays += 1
            return
        }
        let opened: PacketTransform.Opened
        do {
            opened = try transform.open(arrival.packet, part.content, number: number)
        } catch .integrity {
            entries.values[index].counters.integrityFailures += 1
            return
        } catch {
            counters.malformed += 1
            return
        }
        entries.values[index].record(number)
        switch opened {
        case .packet(let packet):
            let octets = transform.payloadCount(packet)
            if isMeant(packet, for: entries.values[index].association) {
                entries.values[index].count(octets: octets)
                pass(packet, arrival, now: now, &outputs)
            } else {
                entries.values[index].counters.selectorMismatches += 1
            }
        case .dummy:
            entries.values[index].count(octets: 0)
        case .unusable:
            counters.malformed += 1
        }
        if let event = entries.values[index].age() { outputs.append(.event(event)) }
    }

    /// Whether what came out of an SA is its traffic (RFC 4301 section 5.2, step 4): its own selectors decide, and
    /// where it has none, the policy that names it.
    private func isMeant(_ packet: IPPacket, for association: SecurityAssociation) -> Bool {
        let description = PacketDescription(packet)
        guard association.attributes.selectors.isEmpty else {
            return association.attributes.selectors.contains { $0.matches(description) }
        }
        let policy = policy(for: description, .inbound, in: association.identifier.realm)
        return policy?.action == .protect && policy?.association == association.identifier
    }

    /// Goes on with a packet that came out of an SA: it may be for another SA, for the host, or for elsewhere.
    private mutating func pass(
        _ packet: IPPacket, _ outer: Arrival, now: Duration, _ outputs: inout [EngineOutput]
    ) {
        guard let inner = outer.inner(packet, origin: .association) else {
            counters.malformed += 1
            return
        }
        process(inner, now: now, &outputs)
    }
}
