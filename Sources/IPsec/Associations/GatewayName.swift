/// What an SA is called at its gateway's end: the SPI and the gateway's address, which its far end has to know.
package struct GatewayName: Hashable, Sendable {
    package let spi: SPI
    package let address: IPAddress

    package init(spi: SPI, address: IPAddress) { (self.spi, self.address) = (spi, address) }
}

extension SecurityAssociation {
    /// The SA as its gateway has it, under another name. Only an SA that goes to the gateway may have another SPI: an
    /// outbound SPI is its receiver's choice (RFC 4301 section 4.1).
    package func named(_ name: GatewayName) -> SecurityAssociation {
        var renamed = self
        switch direction {
        case .inbound: renamed.identifier = identifier.named(name)
        case .outbound: renamed.source = name.address
        }
        return renamed
    }

    /// The SA as the gateway's far end has it, with the gateway under another name.
    package func withPeer(named name: GatewayName) -> SecurityAssociation {
        var renamed = self
        switch direction {
        case .inbound: renamed.source = name.address
        case .outbound: renamed.identifier = identifier.named(name)
        }
        return renamed
    }
}

extension SAIdentifier {
    /// The identifier of an SA that goes to a gateway, with the gateway under that name.
    package func named(_ name: GatewayName) -> SAIdentifier {
        SAIdentifier(spi: name.spi, destination: name.address, securityProtocol: securityProtocol, realm: realm)
    }
}
