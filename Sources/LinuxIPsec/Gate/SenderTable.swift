internal import IPPackets
internal import IPsec

/// Which SAs packets in the clear are for, by their selectors. A value.
struct SenderTable {
    private var senders: [SAIdentifier: Sender] = [:]
    /// Most are for one address, of which the packet's own is looked up.
    private var byAddress: [IPAddress: [SAIdentifier]] = [:]
    private var others: [SAIdentifier] = []
    private var bySelector: [TrafficSelector: Set<SAIdentifier>] = [:]
    private var count = 0

    private struct Sender {
        let selectors: [TrafficSelector]
        /// Who came first has its packets first.
        let number: Int

        /// The addresses that its packets go to, where these are few enough to be looked up.
        var addresses: Set<IPAddress>? {
            guard selectors.allSatisfy({ $0.destination.isSingle }) else { return nil }
            return Set(selectors.map(\.destination.lower))
        }
    }

    var isEmpty: Bool { senders.isEmpty }

    mutating func add(_ identifier: SAIdentifier, _ selectors: [TrafficSelector]) {
        remove(identifier)
        let sender = Sender(selectors: selectors, number: count)
        count += 1
        senders[identifier] = sender
        for selector in selectors { bySelector[selector, default: []].insert(identifier) }
        if let addresses = sender.addresses {
            for address in addresses { byAddress[address, default: []].append(identifier) }
        } else {
            others.append(identifier)
        }
    }

    mutating func remove(_ identifier: SAIdentifier) {
        guard let sender = senders.removeValue(forKey: identifier) else { return }
        for selector in sender.selectors {
            bySelector[selector]?.remove(identifier)
            if bySelector[selector]?.isEmpty == true { bySelector[selector] = nil }
        }
        guard let addresses = sender.addresses else { return others.removeAll { $0 == identifier } }
        for address in addresses {
            byAddress[address]?.removeAll { $0 == identifier }
            if byAddress[address]?.isEmpty == true { byAddress[address] = nil }
        }
    }

    /// Those that have one of these selectors too.
    func sharing(_ selectors: [TrafficSelector]) -> Set<SAIdentifier> {
        selectors.reduce(into: []) { $0.formUnion(bySelector[$1] ?? []) }
    }

    /// The SA that a packet is for.
    func owner(of packet: IPPacket) -> SAIdentifier? {
        let description = PacketDescription(packet)
        let candidates = (byAddress[packet.destination] ?? []) + others
        return candidates.compactMap { identifier in
            senders[identifier].flatMap { sender in
                sender.selectors.contains { $0.matches(description) } ? (identifier, sender.number) : nil
            }
        }.min { $0.1 < $1.1 }?.0
    }
}
