package import IPsec

extension APIAssociationIdentifier: WireMessage {
    /// The message for an SA's identifier.
    package init(_ model: SAIdentifier) {
        self.init()
        spi = model.spi.value
        destination = model.destination.description
        `protocol` = APISecurityProtocol(model.securityProtocol)
        realm = model.realm.name
    }

    /// The identifier.
    package var model: SAIdentifier {
        get throws(MessageError) {
            SAIdentifier(
                spi: try SPI(spi).valid("spi", spi),
                destination: try IPAddress(destination).valid("destination", destination),
                securityProtocol: try `protocol`.model("protocol"), realm: try Realm(realm).valid("realm", realm))
        }
    }
}
