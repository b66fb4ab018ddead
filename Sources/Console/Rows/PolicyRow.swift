import GatewayAPI
import IPsec

/// One entry of one gateway's SPD, as it is listed.
struct PolicyRow {
    /// The gateway that has it.
    let gateway: GatewayMirror
    /// The entry.
    let policy: Policy
    /// Its place in the order, from 1: the first match decides.
    let place: Int

    /// The name of the SA that it uses, or its SPI where the SA is not there.
    var association: String {
        guard let identifier = policy.association else { return "" }
        return gateway.associations[identifier]?.reported.name ?? identifier.spi.description
    }

    /// Whether it names an SA that is not there.
    var isBroken: Bool { policy.association.map { gateway.associations[$0] == nil } ?? false }

    /// Who made it.
    var origin: String {
        switch policy.origin {
        case .static: "static"
        case .user(let name): name.isEmpty ? "user" : "user \(name)"
        }
    }
}
