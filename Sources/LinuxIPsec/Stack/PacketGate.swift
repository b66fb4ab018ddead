package import IPsec

/// Holds packets in front of the kernel's IPsec while their SAs are out of service, a bounded number for each SA.
package protocol PacketGate: Sendable {
    /// From its return on packets of these are held.
    func close(_ ways: [PacketWay]) async throws(StackError)
    /// The kernel took those that came before that time; it takes no later ones.
    func cut(_ identifiers: [SAIdentifier], at time: KernelTime) async
    /// Sends what is held of these, and what still comes, unchanged to another gateway.
    func pass(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async
    /// Gives the kernel what came before that time, from another gateway first; it takes later ones itself.
    func open(_ identifiers: [SAIdentifier], at time: KernelTime) async
    /// What is held is lost, and nothing more is held.
    func drop(_ identifiers: [SAIdentifier]) async
    /// Takes what other gateways pass on for the old names, the keys, as meant for the new ones, the values.
    func adopt(_ names: [SAIdentifier: SAIdentifier]) async
    /// Does so no longer than for packets of these SAs that came before that time.
    func retireOldNames(of identifiers: [SAIdentifier], at time: KernelTime) async
    /// Packets that were lost because more may not be held.
    var lost: UInt64 { get async }
}

/// By what packets of one SA are known before the kernel has looked at them.
package struct PacketWay: Hashable, Sendable {
    package let identifier: SAIdentifier
    /// For an SA that sends: the packets that are for it; empty for one that receives.
    package let selectors: [TrafficSelector]
    /// Whether the SA itself refuses a packet that it is given twice.
    package let refusesCopies: Bool

    /// Whether its packets are in the clear when they are held.
    package var isClear: Bool { !selectors.isEmpty }

    package init(identifier: SAIdentifier, selectors: [TrafficSelector] = [], refusesCopies: Bool) {
        (self.identifier, self.selectors, self.refusesCopies) = (identifier, selectors, refusesCopies)
    }
}
