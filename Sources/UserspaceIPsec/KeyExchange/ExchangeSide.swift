/// Which end of a negotiation a node is.
package enum ExchangeSide: Hashable, Sendable {
    case initiator
    case responder
}
