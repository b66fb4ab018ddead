import ForwardingPath
import GatewayAPI
import IPsec

extension ReportedAssociation {
    /// The node at its other end, or else the address.
    var peerName: String {
        peer?.text ?? (direction == .inbound ? source : identifier.destination).description
    }
}
