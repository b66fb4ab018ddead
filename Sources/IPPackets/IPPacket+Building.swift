package import IPsec

extension IPPacket {
    /// The octets of a packet between two addresses of one family, without options or extension headers.
    ///
    /// - Parameters:
    ///   - trafficClass: DSCP in the upper six bits, ECN in the lower two.
    ///   - identification: IPv4 only.
    package static func build(
        from source: IPAddress, to destination: IPAddress, nextProtocol: UInt8, trafficClass: UInt8 = 0,
        hopLimit: UInt8 = 64, dontFragment: Bool = false, identification: UInt16 = 0, payload: some Collection<UInt8>
    ) throws(PacketError) -> [UInt8] {
        var octets = try header(
            from: source, to: destination, nextProtocol: nextProtocol, trafficClass: trafficClass,
            hopLimit: hopLimit, dontFragment: dontFragment, identification: identification,
            payloadCount: payload.count)
        octets.append(contentsOf: payload)
        return octets
    }

    /// The octets of the header alone, with room reserved for what comes behind it.
    package static func header(
        from source: IPAddress, to destination: IPAddress, nextProtocol: UInt8, trafficClass: UInt8,
        hopLimit: UInt8 = 64, dontFragment: Bool, identification: UInt16, payloadCount: Int
    ) throws(PacketError) -> [UInt8] {
        switch source.family {
        case .v4:
            var header = IPv4Header(source: source, destination: destination, nextProtocol: nextProtocol)
            header.trafficClass = trafficClass
            header.timeToLive = hopLimit
            header.dontFragment = dontFragment
            header.identification = identification
            return try header.octets(payloadCount: payloadCount)
        case .v6:
            var header = IPv6Header(source: source, destination: destination, nextHeader: nextProtocol)
            header.trafficClass = trafficClass
            header.hopLimit = hopLimit
            return try header.octets(payloadCount: payloadCount)
        }
    }

    /// The headers before ``insertionOffset``, changed to be followed by `nextProtocol` and `payloadCount` octets:
    /// what transport mode puts before ESP or AH.
    package func headersForTransport(nextProtocol: UInt8, payloadCount: Int) throws(PacketError) -> [UInt8] {
        try rewritten(upTo: insertionOffset, naming: nextProtocol, at: insertionProtocolIndex, payloadCount)
    }

    /// The headers before the next layer protocol, changed to be followed by `nextProtocol` and `payloadCount`
    /// octets: what transport mode leaves when ESP or AH is taken out.
    package func headersForPayload(nextProtocol: UInt8, payloadCount: Int) throws(PacketError) -> [UInt8] {
        try rewritten(upTo: payloadOffset, naming: nextProtocol, at: protocolIndex, payloadCount)
    }

    private func rewritten(
        upTo end: Int, naming nextProtocol: UInt8, at index: Int, _ payloadCount: Int
    ) throws(PacketError) -> [UInt8] {
        let total = end + payloadCount
        let stated = family == .v4 ? total : total - IPv6Header.count
        guard let length = UInt16(exactly: stated) else { throw .tooLong(total) }
        var headers: [UInt8] = []
        headers.reserveCapacity(total)
        headers += octets[..<end]
        headers[index] = nextProtocol
        headers.put(length, at: family == .v4 ? 2 : 4)
        if family == .v4 {
            headers.put(0, at: 10)
            headers.put(IPv4Header.checksum(of: headers[...]), at: 10)
        }
        return headers
    }
}
