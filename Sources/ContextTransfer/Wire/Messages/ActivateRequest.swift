package import IPsec

/// CTAR: a mobile node asks for its contexts to be transferred (RFC 4067 section 2.5.1).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|   Type  |V|A| Reserved  |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                   MN's Previous IP Address                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                  Previous (New) AR IP Address                 ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        Sequence Number                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                     MN Authorization Token                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |            Requested Context Data Block (if present)          |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                           ........                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct ActivateRequest: Equatable, Sendable {
    /// The A bit.
    package var wantsAcknowledgement: Bool
    /// Of one family, or of both: then V is 0, and the IPv4 address is sent as IPv4-mapped.
    package var previousAddress, routerAddress: IPAddress
    package var sequence: UInt32
    package var token: UInt32
    /// Empty asks for all contexts.
    package var requests: [ContextDataBlock]

    package init(
        wantsAcknowledgement: Bool, previousAddress: IPAddress, routerAddress: IPAddress, sequence: UInt32,
        token: UInt32, requests: [ContextDataBlock]
    ) {
        self.wantsAcknowledgement = wantsAcknowledgement
        self.previousAddress = previousAddress
        self.routerAddress = routerAddress
        self.sequence = sequence
        self.token = token
        self.requests = requests
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        let previous = try reader.address(header.family)
        let router = try reader.address(header.family)
        // One mapped beside one that is not can only be a mixed pair.
        let isMixed = (previous.unmapped.family != router.unmapped.family)
        self.init(
            wantsAcknowledgement: header.flag, previousAddress: isMixed ? previous.unmapped : previous,
            routerAddress: isMixed ? router.unmapped : router, sequence: try reader.integer(),
            token: try reader.integer(), requests: try ContextDataBlock.all(&reader))
    }

    var family: AddressFamily { previousAddress.family == routerAddress.family ? previousAddress.family : .v6 }

    func write(to writer: inout OctetWriter) {
        let isMixed = previousAddress.family != routerAddress.family
        writer.append(contentsOf: (isMixed ? previousAddress.mapped : previousAddress).octets)
        writer.append(contentsOf: (isMixed ? routerAddress.mapped : routerAddress).octets)
        writer.append(sequence)
        writer.append(token)
        for request in requests { request.write(to: &writer) }
    }
}
