package import IPsec

extension XfrmSelector {
    /// The packets that it is for; `nil` for all. Throws where it says what a traffic selector cannot.
    package var carried: TrafficSelector? {
        get throws(XfrmObstacle) {
            guard interface == 0 else { throw .selector("an interface") }
            guard user == 0 else { throw .selector("a user") }
            var selector = TrafficSelector(source: .all(family ?? .v4), destination: .all(family ?? .v4))
            let isAny =
                sourcePrefix == 0 && destinationPrefix == 0 && nextProtocol == 0 && sourcePortMask == 0
                && destinationPortMask == 0
            guard !isAny else { return nil }
            guard let source = AddressRange(prefix: source, length: Int(sourcePrefix)),
                let destination = AddressRange(prefix: destination, length: Int(destinationPrefix))
            else { throw .selector("a prefix that is too long") }
            (selector.source, selector.destination) = (source, destination)
            selector.nextProtocol = nextProtocol == 0 ? nil : nextProtocol
            selector.sourcePorts = try Self.ports(sourcePort, sourcePortMask)
            selector.destinationPorts = try Self.ports(destinationPort, destinationPortMask)
            return selector
        }
    }

    private static func ports(_ port: UInt16, _ mask: UInt16) throws(XfrmObstacle) -> ClosedRange<UInt16>? {
        guard mask != 0 else { return nil }
        // A mask of leading ones is a range.
        guard (~mask) & (~mask &+ 1) == 0 else { throw .selector("a mask of ports with holes") }
        return (port & mask)...(port | ~mask)
    }

    /// The kernel's selector for these packets; `nil` where they are no prefixes, or not masks of ports.
    package init?(_ selector: TrafficSelector) {
        guard selector.name == nil, selector.sensitivityLevel == nil, selector.dscp == nil,
            let source = selector.source.prefixLength, let destination = selector.destination.prefixLength,
            let sourcePorts = Self.mask(selector.sourcePorts),
            let destinationPorts = Self.mask(selector.destinationPorts)
        else { return nil }
        self.init(all: selector.source.lower.family)
        (self.source, sourcePrefix) = (selector.source.lower, UInt8(source))
        (self.destination, destinationPrefix) = (selector.destination.lower, UInt8(destination))
        nextProtocol = selector.nextProtocol ?? 0
        (sourcePort, sourcePortMask) = sourcePorts
        (destinationPort, destinationPortMask) = destinationPorts
    }

    private static func mask(_ ports: ClosedRange<UInt16>?) -> (UInt16, UInt16)? {
        guard let ports else { return (0, 0) }
        let bits = ports.lowerBound ^ ports.upperBound
        guard bits & (bits &+ 1) == 0, ports.lowerBound & bits == 0 else { return nil }
        return (ports.lowerBound, ~bits)
    }
}

extension AddressRange {
    /// How many leading bits all its addresses share, where it is all addresses that share them; else `nil`.
    var prefixLength: Int? {
        let bits = lower.value ^ upper.value
        guard bits & (bits &+ 1) == 0, lower.value & bits == 0 else { return nil }
        return lower.family.bits - (UInt128.bitWidth - bits.leadingZeroBitCount)
    }
}
