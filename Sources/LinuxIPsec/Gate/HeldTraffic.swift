internal import IPPackets
package import IPsec

/// The packets that wait for SAs, and where they go. A value: it is told of packets and times, and tells what to do.
package struct HeldTraffic: Sendable {
    /// What becomes of a packet.
    package enum Output: Equatable, Sendable {
        /// The kernel is to take it, as if it had just come.
        case inject([UInt8], Intake)
        /// It goes to another gateway as it is; in the clear, where an SA is to protect it.
        case pass([UInt8], ForwardingTarget, isClear: Bool)
    }

    /// What the kernel is to do with a packet.
    package enum Intake: Equatable, Sendable {
        /// It is protected: an SA is to take it.
        case receive
        /// It is in the clear, and leaves protected or not at all.
        case protect
        /// It is in the clear, and nobody asked for its protection here: the kernel's routes and policies say where it goes.
        case route
    }

    private enum Standing {
        case holding
        /// What came before that time is for the kernel, which was not ready for it.
        case open(KernelTime)
        case passing(ForwardingTarget)
        /// As before, until the SA comes back from there: what was passed on too late comes back, and waits.
        case returning(from: ForwardingTarget)
    }

    private struct Packet {
        let octets: [UInt8]
        let time: KernelTime
    }

    private struct Entry {
        let way: PacketWay
        var standing = Standing.holding
        /// The kernel took what came before.
        var begin = KernelTime(nanoseconds: 0)
        /// From another gateway: they were sent before the others.
        var stragglers: [Packet] = []
        var own: [Packet] = []

        var isPassed: Bool { if case .passing = standing { true } else { false } }

        /// Stands so from now on, and holds no packet any more; gives those that it held, in their order.
        mutating func take(_ standing: Standing) -> [Packet] {
            defer { (stragglers, own, self.standing) = ([], [], standing) }
            return stragglers + own
        }
    }

    private var entries: [SAIdentifier: Entry] = [:]
    /// The SAs that send: their packets are known by selectors.
    private var senders = SenderTable()
    /// Those that are open, and looked after until all that came before was told of.
    private var opened: Set<SAIdentifier> = []
    private var oldNames = OldNames()
    /// Protected packets that other gateways passed on and that the kernel was given lately, the oldest first: where it has much
    /// to do it has not looked at them yet.
    private var lately: [(identifier: SAIdentifier, packet: Packet)] = []
    private var relay: IKERelay?
    /// Packets that were lost because more may not be held, or had nowhere to go.
    package private(set) var lost: UInt64 = 0

    /// For each SA at the most.
    package static let limit = 1_024
    /// On several processors a packet may come just before its SA ends, and not be looked at before: the SA's memory at the
    /// new gateway refuses those that were.
    private static let margin: UInt64 = 2
    /// How long the kernel may take for what it was given, in milliseconds.
    private static let backlog: UInt64 = 50

    package init() {}

    /// Which packets it has to be told of.
    package var copies: CopyFilter {
        var spis: Set<UInt32> = []
        for (identifier, entry) in entries where !entry.way.isClear {
            guard entry.isPassed else { return .all }
            spis.insert(identifier.spi.value)
            guard spis.count <= CopyFilter.most else { return .all }
        }
        return .only(spis)
    }

    /// Whether packets of that SA are held, passed on or let go on.
    package func looksAfter(_ identifier: SAIdentifier) -> Bool { entries[identifier] != nil }

    /// What was opened before is held again. What is passed on goes on so: its SA is in force there until it comes back.
    ///
    /// - Returns: SAs whose packets are passed on no more, since they are for these: who has had them since has ended or renewed
    ///   them.
    @discardableResult
    package mutating func close(_ ways: [PacketWay]) -> [SAIdentifier] {
        var superseded: [SAIdentifier] = []
        for way in ways {
            for other in senders.sharing(way.selectors)
            where other != way.identifier && entries[other]?.isPassed == true {
                remove(other)
                superseded.append(other)
            }
            switch entries[way.identifier]?.standing {
            case .holding, .returning: continue
            case .passing(let target):
                entries[way.identifier]?.standing = .returning(from: target)
                continue
            case .open, nil: break
            }
            remove(way.identifier)
            entries[way.identifier] = Entry(way: way)
            if way.isClear { senders.add(way.identifier, way.selectors) }
        }
        return superseded
    }

    package mutating func cut(_ identifiers: [SAIdentifier], at time: KernelTime) {
        // The SA's memory at the new gateway refuses those that it took.
        let start = time.earlier(milliseconds: Self.backlog)
        let again = Dictionary(grouping: lately.filter { $0.packet.time >= start }, by: \.identifier)
        for identifier in identifiers {
            guard let place = entries.index(forKey: identifier), !entries.values[place].way.isClear else { continue }
            let refusesCopies = entries.values[place].way.refusesCopies
            let begin = refusesCopies ? time.earlier(milliseconds: Self.margin) : time
            entries.values[place].begin = begin
            entries.values[place].own.removeAll { $0.time < begin }
            guard refusesCopies, let packets = again[identifier] else { continue }
            entries.values[place].stragglers.insert(contentsOf: packets.map(\.packet), at: 0)
        }
    }

    /// The kernel is given a packet that another gateway passed on.
    private mutating func remember(_ octets: [UInt8], of identifier: SAIdentifier, at time: KernelTime) {
        let start = time.earlier(milliseconds: Self.backlog)
        let old = lately.prefix { $0.packet.time < start }.count
        lately.removeFirst(min(lately.count, max(old, lately.count - Self.limit + 1)))
        lately.append((identifier, Packet(octets: octets, time: time)))
    }

    package mutating func pass(_ identifiers: [SAIdentifier], to target: ForwardingTarget) -> [Output] {
        identifiers.flatMap { identifier -> [Output] in
            guard let place = entries.index(forKey: identifier) else { return [] }
            let isClear = entries.values[place].way.isClear
            return entries.values[place].take(.passing(target)).map { .pass($0.octets, target, isClear: isClear) }
        }
    }

    package mutating func open(_ identifiers: [SAIdentifier], at time: KernelTime) -> [Output] {
        identifiers.flatMap { identifier -> [Output] in
            guard let place = entries.index(forKey: identifier) else { return [] }
            let isClear = entries.values[place].way.isClear
            // What was diverted the kernel has not seen, whenever it came.
            if !isClear { entries.values[place].own.removeAll { $0.time >= time } }
            opened.insert(identifier)
            return entries.values[place].take(.open(time)).map { .inject($0.octets, isClear ? .protect : .receive) }
        }
    }

    /// A packet had nowhere to go.
    package mutating func isLost() { lost += 1 }

    package mutating func drop(_ identifiers: [SAIdentifier]) {
        for identifier in identifiers { remove(identifier) }
    }

    private mutating func remove(_ identifier: SAIdentifier) {
        guard let entry = entries.removeValue(forKey: identifier) else { return }
        lost += UInt64(entry.own.count + entry.stragglers.count)
        opened.remove(identifier)
        if entry.way.isClear { senders.remove(identifier) }
    }

    /// All packets that came before that time were told of: what was opened before is no more to be looked after.
    package mutating func isCaught(up time: KernelTime) {
        for identifier in opened {
            guard case .open(let begin) = entries[identifier]?.standing else {
                opened.remove(identifier)
                continue
            }
            if begin < time { remove(identifier) }
        }
    }

    /// A protected packet that came from the network at that time, of which the kernel has its own copy.
    package mutating func arrived(_ octets: [UInt8], at time: KernelTime) -> [Output] {
        guard let identifier = receiver(octets), let entry = entries[identifier], time >= entry.begin else { return [] }
        switch entry.standing {
        case .open(let opened): return time < opened ? [.inject(octets, .receive)] : []
        case .passing(let target), .returning(let target): return [.pass(octets, target, isClear: false)]
        case .holding:
            hold(octets, time, for: identifier)
            return []
        }
    }

    /// Has IKE messages go on to another gateway, or with `nil` no more.
    package mutating func relayIKE(_ relay: IKERelay?) { self.relay = relay }

    /// Whether an IKE daemon is here too.
    package mutating func shareRelay(_ isShared: Bool) { relay?.isShared = isShared }

    /// A packet in the clear that was diverted, so that the kernel has not seen it.
    package mutating func arrived(diverted octets: [UInt8], at time: KernelTime) -> [Output] {
        if let relay, let packet = try? IPPacket(octets), let outputs = relay.outputs(packet) { return outputs }
        guard let identifier = sender(octets), let entry = entries[identifier] else {
            return [.inject(octets, .route)]
        }
        switch entry.standing {
        case .open: return [.inject(octets, .protect)]
        case .passing(let target), .returning(let target): return [.pass(octets, target, isClear: true)]
        case .holding:
            hold(octets, time, for: identifier)
            return []
        }
    }

    /// Keeps a packet, or loses it where more may not be held.
    private mutating func hold(_ octets: [UInt8], _ time: KernelTime, for identifier: SAIdentifier) {
        guard let entry = entries[identifier], entry.own.count + entry.stragglers.count < Self.limit else {
            lost += 1
            return
        }
        entries[identifier]?.own.append(Packet(octets: octets, time: time))
    }

    package mutating func adopt(_ names: [SAIdentifier: SAIdentifier]) { oldNames.adopt(names) }

    package mutating func retireOldNames(of identifiers: [SAIdentifier], at time: KernelTime) {
        oldNames.retire(identifiers, at: time)
    }

    /// A packet that another gateway passed on, and that the kernel has not seen.
    package mutating func arrived(passedOn octets: [UInt8], at time: KernelTime) -> [Output] {
        let named = (try? IPPacket(octets))?.associationIdentifier
        let octets = oldNames.renamed(octets, of: named, at: time)
        guard let identifier = owner(octets), var entry = entries[identifier] else { return late(octets, at: time) }
        switch entry.standing {
        case .open:
            if !entry.way.isClear { remember(octets, of: identifier, at: time) }
            return [.inject(octets, entry.way.isClear ? .protect : .receive)]
        // The other gateway waits for it, unless both believe that of each other.
        case .passing(let target):
            guard var packet = try? IPPacket(octets), packet.hopLimit > 1 else {
                lost += 1
                return []
            }
            packet.hopLimit -= 1
            return [.pass(packet.octets, target, isClear: entry.way.isClear)]
        case .holding, .returning:
            if entry.own.count + entry.stragglers.count >= Self.limit {
                lost += 1
                if entry.own.popLast() == nil { return [] }
            }
            entry.stragglers.append(Packet(octets: octets, time: time))
            entries[identifier] = entry
            return []
        }
    }

    /// A straggler whose SA is in force for some time, or not at all: the kernel knows.
    private mutating func late(_ octets: [UInt8], at time: KernelTime) -> [Output] {
        guard let identifier = (try? IPPacket(octets))?.associationIdentifier else {
            return [.inject(octets, .protect)]
        }
        remember(octets, of: identifier, at: time)
        return [.inject(octets, .receive)]
    }

    /// The SA that a packet is for, protected or to be.
    private func owner(_ octets: [UInt8]) -> SAIdentifier? { receiver(octets) ?? sender(octets) }

    private func receiver(_ octets: [UInt8]) -> SAIdentifier? {
        guard !entries.isEmpty, let identifier = (try? IPPacket(octets))?.associationIdentifier,
            entries[identifier] != nil
        else { return nil }
        return identifier
    }

    private func sender(_ octets: [UInt8]) -> SAIdentifier? {
        guard !senders.isEmpty, let packet = try? IPPacket(octets) else { return nil }
        return senders.owner(of: packet)
    }
}

extension IPPacket {
    /// The SA that it names: by ESP, AH, or ESP in UDP (RFC 3948).
    var associationIdentifier: SAIdentifier? {
        guard fragment == .whole || fragment == .first else { return nil }
        var (securityProtocol, offset) = (SecurityProtocol.esp, 0)
        switch nextProtocol {
        case SecurityProtocol.esp.rawValue: break
        // Next header, length and two reserved octets come first (RFC 4302 section 2).
        case SecurityProtocol.ah.rawValue: (securityProtocol, offset) = (.ah, 4)
        case 17:
            guard payload.count >= 12, port(at: 2) == 4_500 else { return nil }
            offset = 8
        default: return nil
        }
        let bytes = payload.dropFirst(offset).prefix(4)
        guard bytes.count == 4, let spi = SPI(bytes.reduce(0) { $0 << 8 | UInt32($1) }) else { return nil }
        return SAIdentifier(spi: spi, destination: destination, securityProtocol: securityProtocol)
    }

    func port(at place: Int) -> UInt16 {
        payload.dropFirst(place).prefix(2).reduce(0) { $0 << 8 | UInt16($1) }
    }
}
