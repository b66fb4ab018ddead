package import IPsec

/// What a gateway's kernel stack has to be told.
package struct LinuxStackSettings: Sendable {
    /// The gateway's own addresses, also those that move.
    package var addresses: Set<IPAddress>
    /// From which SAs get their request IDs that come to this gateway: none that key management gives.
    package var requestIDs: ClosedRange<UInt32> = 0x4000_0000...0x4fff_ffff
    /// How many SAs there may be.
    package var capacity = 100_000
    /// In octets.
    package var egressMTU: UInt16 = 1_500
    /// Room for the kernel's notifications that were not read yet, in octets.
    package var notificationOctets: Int32 = 1 << 23
    /// What it may use; `nil`: all that the kernel has.
    package var suites: Set<AlgorithmSuite>?

    package init(addresses: Set<IPAddress>) { self.addresses = addresses }
}
