package import IPsec

/// SPI (32 bits), protocol (8 bits), destination, realm.
extension OctetReader {
    package mutating func spi() throws(WireError) -> SPI {
        guard let spi = SPI(try integer()) else { throw .badValue(.spi) }
        return spi
    }

    /// SPI (32 bits), address.
    package mutating func gatewayName() throws(WireError) -> GatewayName {
        let spi = try spi()
        return GatewayName(spi: spi, address: try address())
    }

    package mutating func identifier() throws(WireError) -> SAIdentifier {
        let spi = try spi()
        let securityProtocol = try value(.securityProtocol, SecurityProtocol.self)
        return SAIdentifier(
            spi: spi, destination: try address(), securityProtocol: securityProtocol, realm: try realm())
    }
}

extension OctetWriter {
    package mutating func gatewayName(_ name: GatewayName) {
        append(name.spi.value)
        address(name.address)
    }

    package mutating func identifier(_ identifier: SAIdentifier) throws(WireError) {
        append(identifier.spi.value)
        append(identifier.securityProtocol.rawValue)
        address(identifier.destination)
        try realm(identifier.realm)
    }
}
