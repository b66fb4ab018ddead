internal import IPPackets
package import IPsec

extension PacketEngine {
    /// Takes a packet that the local host made (RFC 4301 section 5.1).
    package mutating func send(_ octets: [UInt8], realm: Realm = .default, now: Duration) -> [EngineOutput] {
        guard let packet = try? IPPacket(octets) else {
            counters.malformed += 1
            return []
        }
        if isLocal(ScopedAddress(packet.destination, realm: realm)) {
            return [.deliver(packet.octets, realm: realm)]
        }
        var outputs: [EngineOutput] = []
        processOutbound(Arrival(packet, realm: realm, origin: .host), now: now, &outputs)
        return outputs
    }

    /// Does with a packet for elsewhere what the first outbound policy says.
    mutating func processOutbound(_ arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]) {
        let policy = policy(for: PacketDescription(arrival.packet), .outbound, in: arrival.realm)
        apply(policy, to: arrival, now: now, &outputs)
    }

    private mutating func apply(
        _ policy: Policy?, to arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]
    ) {
        switch policy?.action {
        case nil:
            counters.noPolicy += 1
        case .discard?:
            counters.discarded += 1
        case .bypass? where arrival.tunnelStart != nil:
            // Another gateway passed it on for an SA, which is not here.
            counters.noAssociation += 1
        case .bypass?:
            guard let packet = routed(arrival) else { return }
            outputs.append(.transmit(packet.octets, realm: arrival.realm))
        case .protect?:
            protect(arrival, by: policy?.association, now: now, &outputs)
        }
    }

    private mutating func protect(
        _ arrival: Arrival, by identifier: SAIdentifier?, now: Duration, _ outputs: inout [EngineOutput]
    ) {
        if let identifier, let index = entries.index(forKey: identifier),
            entries.values[index].association.direction == .outbound
        {
            switch entries.values[index].phase {
            case .inForce, .dying: seal(arrival, at: index, now: now, &outputs)
            case .quiesced: passOn(arrival, of: entries.values[index], &outputs)
            case .ended: counters.noAssociation += 1
            }
        } else if let identifier, held[identifier] != nil {
            hold(arrival, for: identifier)
        } else if let identifier, let forwarding = forwardings[identifier] {
            forward(arrival, to: forwarding.target, &outputs)
        } else {
            counters.noAssociation += 1
        }
    }

    /// Puts a packet into an outbound SA in force (RFC 4303 section 3.3).
    private mutating func seal(
        _ arrival: Arrival, at index: Dictionary<SAIdentifier, SADEntry>.Index, now: Duration,
        _ outputs: inout [EngineOutput]
    ) {
        guard let packet = routed(arrival) else { return }
        entries.values[index].refresh(now)
        if let event = entries.values[index].age() { outputs.append(.event(event)) }
        guard let transform = entries.values[index].transform else {
            counters.noAssociation += 1
            return
        }
        for part in fitting(packet, entries.values[index], transform, arrival, now: now, &outputs) {
            seal(part, of: arrival, at: index, transform, now: now, &outputs)
        }
        if let event = entries.values[index].age() { outputs.append(.event(event)) }
    }

    /// Puts a packet that fits under the next number.
    private mutating func seal(
        _ packet: IPPacket, of arrival: Arrival, at index: Dictionary<SAIdentifier, SADEntry>.Index,
        _ transform: PacketTransform, now: Duration, _ outputs: inout [EngineOutput]
    ) {
        guard let number = entries.values[index].takeNumber() else {
            counters.noAssociation += 1
            return
        }
        do {
            let sealed = try transform.seal(packet, number: number)
            entries.values[index].count(octets: transform.payloadCount(packet))
            finish(sealed, of: entries.values[index].association, arrival, now: now, &outputs)
        } catch .notBetweenTheEnds {
            counters.noAssociation += 1
        } catch {
            counters.malformed += 1
        }
    }

    /// Sends a protected packet, or puts it into the outer SA of its bundle (RFC 4301 section 4.1): the one that a
    /// policy names for ESP or AH expressly.
    private mutating func finish(
        _ sealed: [UInt8], of association: SecurityAssociation, _ arrival: Arrival, now: Duration,
        _ outputs: inout [EngineOutput]
    ) {
        let identifier = association.identifier
        if bundlingPolicies > 0, let packet = try? IPPacket(sealed) {
            let description = PacketDescription(packet)
            let policy = policy(for: description, .outbound, in: identifier.realm) {
                $0.association != identifier
                    && $0.selectors.contains { $0.isForProtectedTraffic && $0.matches(description) }
            }
            if let policy {
                guard let inner = arrival.inner(packet, origin: .host) else {
                    counters.malformed += 1
                    return
                }
                return apply(policy, to: inner, now: now, &outputs)
            }
        }
        outputs.append(.transmit(sealed, realm: identifier.realm))
    }

    /// The packet as it leaves a router, its hop limit one less; `nil` when that was used up. What the host itself
    /// made is not changed (RFC 4301 section 5.1.2.1, note 2).
    private mutating func routed(_ arrival: Arrival) -> IPPacket? {
        guard arrival.origin != .host else { return arrival.packet }
        guard arrival.packet.hopLimit > 1 else {
            counters.hopLimitReached += 1
            return nil
        }
        var packet = arrival.packet
        packet.hopLimit -= 1
        return packet
    }
}

extension TrafficSelector {
    /// Whether it names ESP or AH, and so is meant for packets that an SA of this node made.
    var isForProtectedTraffic: Bool { nextProtocol == IPProtocol.esp || nextProtocol == IPProtocol.ah }
}
