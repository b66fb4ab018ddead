internal import IPPackets
package import IPsec

extension PacketEngine {
    /// Takes a packet from the wire (RFC 4301 section 5.2).
    ///
    /// - Parameter realm: The realm of the network that it came from.
    package mutating func receive(
        _ octets: [UInt8], realm: Realm = .default, now: Duration
    ) -> [EngineOutput] {
        guard let packet = try? IPPacket(octets) else {
            counters.malformed += 1
            return []
        }
        var outputs: [EngineOutput] = []
        process(Arrival(packet, realm: realm, origin: .wire), now: now, &outputs)
        return outputs
    }

    /// Processes a packet that arrived, or that was inside one that did.
    mutating func process(_ arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]) {
        do {
            if let part = try ProtectedPart(arrival.packet, realm: arrival.realm),
                processProtected(renamed(part, arrival, now: now), arrival, now: now, &outputs)
            {
                return
            }
        } catch {
            counters.malformed += 1
            return
        }
        processClear(arrival, now: now, &outputs)
    }

    /// Whether the packet belonged to an SA that is here, was here or will be, or to none although it claims to.
    private mutating func processProtected(
        _ part: ProtectedPart, _ arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]
    ) -> Bool {
        if held[part.identifier] != nil {
            hold(arrival, for: part.identifier)
            return true
        }
        if let index = entries.index(forKey: part.identifier),
            part.fits(entries.values[index].association.attributes.encapsulation),
            entries.values[index].association.direction == .inbound
        {
            switch entries.values[index].phase {
            case .inForce, .dying: open(part, arrival, at: index, now: now, &outputs)
            case .quiesced: passOn(arrival, of: entries.values[index], &outputs)
            case .ended: counters.unknownSPI += 1
            }
            return true
        }
        if let forwarding = forwardings[part.identifier], forwarding.takes(part) {
            forward(arrival, to: forwarding.target, &outputs)
            return true
        }
        guard part.isCertain, isForHere(arrival) else { return false }
        counters.unknownSPI += 1
        return true
    }

    /// Whether the packet is for this node. ESP and AH that came out of an SA here, for a virtual address, are for the
    /// inner SA of iterated tunnels, which is where that address is now.
    private func isForHere(_ arrival: Arrival) -> Bool {
        let packet = arrival.packet
        let destination = ScopedAddress(packet.destination, realm: arrival.realm)
        let isProtected = packet.nextProtocol == IPProtocol.esp || packet.nextProtocol == IPProtocol.ah
        if isProtected, arrival.origin == .association, virtualAddresses.contains(destination) { return false }
        return isLocal(destination)
    }

    /// What is in the clear, or is another node's ESP or AH on its way.
    private mutating func processClear(_ arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]) {
        let packet = arrival.packet
        let isHere = isForHere(arrival)
        if isHere, packet.nextProtocol == IPProtocol.ipv4 || packet.nextProtocol == IPProtocol.ipv6 {
            return endTunnel(arrival, now: now, &outputs)
        }
        if isHere, packet.nextProtocol == IPProtocol.esp || packet.nextProtocol == IPProtocol.ah {
            // A fragment, or a reserved SPI: nothing that an SA could open.
            counters.unknownSPI += 1
            return
        }
        if arrival.origin != .association {
            // Traffic in transit is for the outbound policies, unless it should have come through an SA.
            switch policy(for: PacketDescription(packet), .inbound, in: arrival.realm)?.action {
            case .protect?:
                counters.unprotected += 1
                return
            case .discard?:
                counters.discarded += 1
                return
            case nil where isHere:
                counters.noPolicy += 1
                return
            case .bypass?, nil:
                break
            }
        }
        if isHere, learn(from: packet, realm: arrival.realm, now: now) { return }
        if isHere {
            outputs.append(.deliver(packet.octets, realm: arrival.realm))
        } else {
            processOutbound(arrival, now: now, &outputs)
        }
    }

    /// Unpacks an IP tunnel, if another gateway made it (RFC 2003, RFC 2473).
    private mutating func endTunnel(_ arrival: Arrival, now: Duration, _ outputs: inout [EngineOutput]) {
        let source = ScopedAddress(arrival.packet.source, realm: arrival.realm)
        guard peers.contains(source) else {
            counters.refusedTunnels += 1
            return
        }
        guard let packet = try? arrival.packet.detunnelled(),
            let inner = arrival.inner(packet, origin: .tunnel(from: source, hopLimit: arrival.packet.hopLimit))
        else {
            counters.malformed += 1
            return
        }
        process(inner, now: now, &outputs)
    }
}
