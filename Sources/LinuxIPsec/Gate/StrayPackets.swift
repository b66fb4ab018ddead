package import IPsec

/// Protected packets that came for SAs which are not here, from those who have others here: where key management elsewhere
/// renews an SA, its user may use the new one before it has come. A value.
package struct StrayPackets: Sendable {
    /// A packet, and when it came.
    package struct Packet: Equatable, Sendable {
        package let octets: [UInt8]
        package let time: KernelTime

        package init(octets: [UInt8], time: KernelTime) { (self.octets, self.time) = (octets, time) }
    }

    /// The ends of the packets of SAs that are here.
    private struct Ends: Hashable {
        let source: IPAddress
        let destination: IPAddress
    }

    private var here: [SAIdentifier: Ends] = [:]
    /// All SAs that are here: none of their packets is a stray.
    private var known: Set<SAIdentifier> = []
    /// SAs that key management here made for users who have others here, which it did not make: it takes them over.
    private var own: Set<SAIdentifier> = []
    private var counts: [Ends: Int] = [:]
    private var held: [SAIdentifier: [Packet]] = [:]
    /// When SAs came of which packets that came before may still be told.
    private var opened: [SAIdentifier: KernelTime] = [:]

    /// For each SA at the most.
    package static let limit = 1_024
    /// For how many SAs at the most.
    package static let most = 32
    /// For how long, in milliseconds.
    package static let age: UInt64 = 3_000

    package init() {}

    /// Whether nobody has SAs here, so that no packet is worth a look.
    package var isIdle: Bool { here.isEmpty }

    /// Which packets it has to be told of, beside those that others have to be told of.
    package func copies(beside others: CopyFilter) -> CopyFilter {
        guard !isIdle, case .only(let spis) = others else { return others }
        guard known.count <= CopyFilter.most else { return .all }
        return .except(Set(known.map(\.spi.value)).subtracting(spis))
    }

    /// An SA is here; gives what came for it before that time, which was after it was added.
    ///
    /// - Parameter isOwn: whether key management here made it: what comes for others of its user is not kept for its sake.
    package mutating func came(
        _ identifier: SAIdentifier, from source: IPAddress, at time: KernelTime, isOwn: Bool = false
    ) -> [Packet] {
        let ends = Ends(source: source, destination: identifier.destination)
        known.insert(identifier)
        if isOwn {
            guard counts[ends] != nil, own.insert(identifier).inserted else { return [] }
            opened[identifier] = time
            return take(identifier)
        }
        if here[identifier] == nil { opened[identifier] = time }
        remove(identifier)
        here[identifier] = ends
        counts[ends, default: 0] += 1
        return take(identifier)
    }

    /// An SA is given nothing any more: it would take a packet twice.
    package mutating func settle(_ identifier: SAIdentifier) { opened[identifier] = nil }

    /// An SA is not here any more.
    package mutating func went(_ identifier: SAIdentifier) {
        opened[identifier] = nil
        known.remove(identifier)
        own.remove(identifier)
        remove(identifier)
    }

    /// Only these SAs are here.
    package mutating func went(allBut present: Set<SAIdentifier>) {
        for identifier in known.subtracting(present) { went(identifier) }
    }

    private mutating func remove(_ identifier: SAIdentifier) {
        guard let ends = here.removeValue(forKey: identifier), let count = counts[ends] else { return }
        counts[ends] = count > 1 ? count - 1 : nil
    }

    /// A protected packet came; whether it came before its SA, which is here meanwhile and has to be given it.
    package mutating func arrived(
        _ packet: Packet, for identifier: SAIdentifier, from source: IPAddress
    ) -> Bool {
        if here[identifier] != nil || own.contains(identifier) {
            guard let time = opened[identifier] else { return false }
            if packet.time < time { return true }
            opened[identifier] = nil
            return false
        }
        guard counts[Ends(source: source, destination: identifier.destination)] != nil else { return false }
        forget(before: packet.time.earlier(milliseconds: Self.age))
        guard held[identifier] != nil || held.count < Self.most, held[identifier, default: []].count < Self.limit else {
            return false
        }
        held[identifier, default: []].append(packet)
        return false
    }

    /// What came for an SA that is about to be here; it is held no more.
    package mutating func take(_ identifier: SAIdentifier) -> [Packet] { held.removeValue(forKey: identifier) ?? [] }

    private mutating func forget(before time: KernelTime) {
        for (identifier, packets) in held where packets.first.map({ $0.time < time }) ?? true {
            let rest = Array(packets.drop { $0.time < time })
            held[identifier] = rest.isEmpty ? nil : rest
        }
    }
}
