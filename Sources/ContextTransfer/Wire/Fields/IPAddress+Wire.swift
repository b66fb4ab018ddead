package import IPsec

/// A family octet (4 or 6) and the address; in a message's own fields the V flag says the family instead.
extension OctetReader {
    package mutating func address(_ family: AddressFamily) throws(WireError) -> IPAddress {
        guard let address = IPAddress(octets: try octets(family.octets)) else { throw .badValue(.address) }
        return address
    }

    package mutating func address() throws(WireError) -> IPAddress {
        try address(try value(.addressFamily))
    }

    /// A family octet, the first address and the last.
    package mutating func range() throws(WireError) -> AddressRange {
        let family = try value(.addressFamily, AddressFamily.self)
        guard let range = AddressRange(try address(family), try address(family)) else {
            throw .badValue(.addressRange)
        }
        return range
    }

    package mutating func realm() throws(WireError) -> Realm {
        guard let realm = Realm(try text(.realm)) else { throw .badValue(.realm) }
        return realm
    }
}

extension OctetWriter {
    package mutating func address(_ address: IPAddress) {
        append(address.family.rawValue)
        append(contentsOf: address.octets)
    }

    package mutating func range(_ range: AddressRange) {
        address(range.lower)
        append(contentsOf: range.upper.octets)
    }

    package mutating func realm(_ realm: Realm) throws(WireError) { try text(realm.name, .realm) }
}
