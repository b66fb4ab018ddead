/// How much of its lifetime an SA has used. It crosses between gateways as an age, never as a clock time.
package struct LifetimeUse: Hashable, Sendable {
    /// Since the SA was established, the pause of a move included.
    package var age: Duration
    /// Payload octets protected.
    package var bytes: UInt64
    package var packets: UInt64

    package init(age: Duration = .zero, bytes: UInt64 = 0, packets: UInt64 = 0) {
        (self.age, self.bytes, self.packets) = (age, bytes, packets)
    }
}
