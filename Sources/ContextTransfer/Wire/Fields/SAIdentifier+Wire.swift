package import IPsec

/// SPI (32 bits), protocol (8 bits), destination, realm.
extension OctetReader {
    package mutating func spi() throws(WireError) -> SPI {
        guard let spi = SPI(try integer()) else { throw .badValue(.spi) }
        return spi
    }

    package mutating func identifier() throws(WireError) -> SAIdentifier {
        let spi = try spi()
        let securityProtocol = try value(.securityProtocol, SecurityProtocol.self)
        return SAIdentifier(
            spi: spi, destination: try address(), securityProtocol: securityProtocol, realm: try realm())
    }
}

extension OctetWriter {
    package mutating func identifier(_ identifier: SAIdentifier) throws(WireError) {
        append(identifier.spi.value)
        append(identifier.securityProtocol.rawValue)
        address(identifier.destination)
        try realm(identifier.realm)
    }
}
