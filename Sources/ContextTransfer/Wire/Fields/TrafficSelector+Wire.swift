package import IPsec

/// A selector: an octet that says which optional fields follow, the two address ranges, and those fields.
///
///      0 1 2 3 4 5 6 7
///     +-+-+-+-+-+-+-+-+
///     |0 0|D|L|N|d|s|P|   P next protocol, s source ports, d destination ports, N name, L level, D DSCP
///     +-+-+-+-+-+-+-+-+
extension OctetReader {
    /// A count (8 bits) and that many selectors.
    package mutating func selectors() throws(WireError) -> [TrafficSelector] {
        var selectors: [TrafficSelector] = []
        for _ in 0..<(try integer(UInt8.self)) { selectors.append(try selector()) }
        return selectors
    }

    private mutating func selector() throws(WireError) -> TrafficSelector {
        let present = try integer(UInt8.self)
        guard present & 0xc0 == 0 else { throw .reservedBitsSet }
        var selector = TrafficSelector(source: try range(), destination: try range())
        if present & 0x01 != 0 { selector.nextProtocol = try integer() }
        if present & 0x02 != 0 { selector.sourcePorts = try ports() }
        if present & 0x04 != 0 { selector.destinationPorts = try ports() }
        if present & 0x08 != 0 { selector.name = try text(.name) }
        if present & 0x10 != 0 { selector.sensitivityLevel = try integer() }
        if present & 0x20 != 0 {
            let dscp = try integer(UInt8.self)
            guard dscp < 64 else { throw .badValue(.dscp) }
            selector.dscp = dscp
        }
        return selector
    }

    private mutating func ports() throws(WireError) -> ClosedRange<UInt16> {
        let (lower, upper) = (try integer(UInt16.self), try integer(UInt16.self))
        guard lower <= upper else { throw .badValue(.ports) }
        return lower...upper
    }
}

extension OctetWriter {
    package mutating func selectors(_ selectors: [TrafficSelector]) throws(WireError) {
        guard let count = UInt8(exactly: selectors.count) else { throw .tooMany(.selectors, limit: 255) }
        append(count)
        for selector in selectors { try self.selector(selector) }
    }

    private mutating func selector(_ selector: TrafficSelector) throws(WireError) {
        var present: UInt8 = 0
        if selector.nextProtocol != nil { present |= 0x01 }
        if selector.sourcePorts != nil { present |= 0x02 }
        if selector.destinationPorts != nil { present |= 0x04 }
        if selector.name != nil { present |= 0x08 }
        if selector.sensitivityLevel != nil { present |= 0x10 }
        if selector.dscp != nil { present |= 0x20 }
        append(present)
        range(selector.source)
        range(selector.destination)
        if let nextProtocol = selector.nextProtocol { append(nextProtocol) }
        for ports in [selector.sourcePorts, selector.destinationPorts] {
            guard let ports else { continue }
            append(ports.lowerBound)
            append(ports.upperBound)
        }
        if let name = selector.name { try text(name, .name) }
        if let level = selector.sensitivityLevel { append(level) }
        if let dscp = selector.dscp {
            guard dscp < 64 else { throw .badValue(.dscp) }
            append(dscp)
        }
    }
}
