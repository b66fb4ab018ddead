/// One field of a CXTP message that was traced.
package struct TracedField: Hashable, Sendable {
    /// Its name in the standard.
    package var name: String
    /// As text; whoever fills it in leaves keys out.
    package var value: String
    /// Octets on the wire.
    package var bytes: UInt32

    /// From its parts.
    package init(name: String, value: String, bytes: UInt32) {
        (self.name, self.value, self.bytes) = (name, value, bytes)
    }
}
