package import IPsec

/// Where addresses are that move between gateways, and who answers for them there.
package protocol AddressNetwork: Sendable {
    /// Those that move, together: they are one gateway's.
    var addresses: Set<IPAddress> { get }

    /// Whether another machine answers for one of them; throws where that cannot be found out.
    func isAnswered() async throws(StackError) -> Bool
    /// Has this machine answer for them.
    func take() throws(StackError)
    /// Has it answer for them no more.
    func leave() throws(StackError)
    /// Tells all neighbours that they are here.
    func announce() throws(StackError)
}
