internal import IPsec

/// One SA in a packet engine: what the model says of it, and what is needed to process packets quickly.
struct SADEntry: Sendable {
    private(set) var association: SecurityAssociation
    private(set) var phase = SAPhase.inForce
    var counters = SACounters()
    /// `nil` once the SA has ended, so that nothing can be sealed or opened by mistake.
    private(set) var transform: PacketTransform?
    /// Where packets go while the SA is quiesced.
    private(set) var forwarding: ForwardingTarget?
    /// Whether the soft lifetime was told of.
    private var isDying: Bool
    /// The instants from which ages count.
    private let established: Duration
    private var pathMTULearned: Duration

    /// The SA as it is put in force at `now`; `nil` when its suite and its protocol do not go together.
    init?(_ association: SecurityAssociation, now: Duration) {
        guard let transform = PacketTransform(association) else { return nil }
        self.association = association
        self.transform = transform
        established = now - association.state.use.age
        pathMTULearned = now - (association.state.pathMTU?.age ?? .zero)
        isDying = association.attributes.softLifetime.isReached(by: association.state.use)
        phase = isDying ? .dying : .inForce
    }

    /// What is told of it.
    var status: AssociationStatus { AssociationStatus(association: association, phase: phase, counters: counters) }

    /// Whether it processes packets.
    var isInForce: Bool { phase == .inForce || phase == .dying }

    /// The instant at which a lifetime in seconds makes the next difference; `nil` when none ever will.
    var deadline: Duration? {
        guard isInForce else { return nil }
        let soft = phase == .inForce ? association.attributes.softLifetime.seconds : nil
        return [soft, association.attributes.hardLifetime.seconds].compactMap(\.self).min()
            .map { established + .seconds(Int64(clamping: $0)) }
    }

    /// Brings the ages up to `now`.
    mutating func refresh(_ now: Duration) {
        association.state.use.age = now - established
        guard association.state.pathMTU != nil else { return }
        association.state.pathMTU?.age = now - pathMTULearned
        // Aged: a larger packet is tried again (RFC 4301 section 8.2.2).
        if association.state.pathMTU?.isBelieved == false { association.state.pathMTU = nil }
    }

    /// The largest packet that may leave, in octets.
    func pathMTU(egress: UInt16) -> UInt16 { min(egress, association.state.pathMTU?.octets ?? egress) }

    /// Takes in that the path carries no more than `octets`, if that is news.
    mutating func learn(_ octets: UInt16, below egress: UInt16, now: Duration) {
        guard octets < pathMTU(egress: egress) else { return }
        association.state.pathMTU = PathMTU(octets: octets)
        pathMTULearned = now
    }

    /// The next number to send; `nil` when all are used up. It counts as sent, whatever becomes of the packet.
    mutating func takeNumber() -> SequenceNumber? {
        guard association.state.lastSent < last else { return nil }
        association.state.lastSent = SequenceNumber(association.state.lastSent.value + 1)
        return association.state.lastSent
    }

    /// Whether the last number was sent.
    var isExhausted: Bool { association.direction == .outbound && association.state.lastSent >= last }

    /// The whole number of a packet of which `low` was on the wire, if the replay window lets it pass.
    func acceptableNumber(_ low: UInt32) -> SequenceNumber? {
        let window = association.state.window
        let number: SequenceNumber?
        if association.attributes.extendedSequenceNumbers {
            number = window?.inferred(from: low)
        } else {
            number = SequenceNumber(UInt64(low))
        }
        guard let number, window?.verdict(on: number) ?? .fresh == .fresh else { return nil }
        return number
    }

    /// Remembers a packet whose ICV was right.
    mutating func record(_ number: SequenceNumber) {
        association.state.window?.record(number)
    }

    /// Counts a packet that was protected, or came through.
    mutating func count(octets: Int) {
        counters.packets &+= 1
        counters.bytes &+= UInt64(octets)
        // What a peer says was used may be any number: at the end of all numbers it stays.
        let use = association.state.use
        association.state.use.packets = use.packets.addingReportingOverflow(1).overflow ? .max : use.packets + 1
        let (bytes, overflow) = use.bytes.addingReportingOverflow(UInt64(octets))
        association.state.use.bytes = overflow ? .max : bytes
    }

    /// What the lifetimes and the numbers say now; `nil` when nothing changed. Changes the phase accordingly.
    mutating func age() -> StackEvent? {
        guard isInForce else { return nil }
        let (attributes, use) = (association.attributes, association.state.use)
        if attributes.hardLifetime.isReached(by: use) { return end(.hardLifetime) }
        if isExhausted { return end(.sequenceOverflow) }
        guard phase == .inForce, attributes.softLifetime.isReached(by: use) else { return nil }
        isDying = true
        phase = .dying
        return .softLifetimeReached(association.identifier)
    }

    /// Gives the far gateway's end another name; `nil` where the addresses do not fit. Numbers, window and ages go on.
    func withPeer(named name: GatewayName) -> SADEntry? {
        var renamed = self
        renamed.association = association.withPeer(named: name)
        renamed.association.state.renamings += 1
        guard let transform = PacketTransform(renamed.association) else { return nil }
        renamed.transform = transform
        return renamed
    }

    /// Takes it out of service for a move.
    mutating func quiesce(forwarding target: ForwardingTarget?) {
        phase = .quiesced
        forwarding = target
    }

    /// Puts it back in force after ``quiesce(forwarding:)``.
    mutating func resume() {
        phase = isDying ? .dying : .inForce
        forwarding = nil
    }

    private var last: SequenceNumber { .last(extended: association.attributes.extendedSequenceNumbers) }

    private mutating func end(_ reason: EndReason) -> StackEvent {
        phase = .ended
        transform = nil
        return .ended(association.identifier, reason)
    }
}
