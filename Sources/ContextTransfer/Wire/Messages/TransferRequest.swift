package import IPsec

/// CT-Req: a request for contexts (RFC 4067 section 2.5.6).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|  Type   |V|  Reserved   |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~               Mobile Node's Previous IP Address               ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                        Sequence Number                        |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                     MN Authorization Token                    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~        Next Requested Context Data Block (if present)         ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                           ........                            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct TransferRequest: Equatable, Sendable {
    package var previousAddress: IPAddress
    /// From the CTAR; 0 where there was none.
    package var sequence: UInt32
    /// From the CTAR; 0 where there was none.
    package var token: UInt32
    package var requests: [ContextDataBlock]

    package init(previousAddress: IPAddress, sequence: UInt32, token: UInt32, requests: [ContextDataBlock]) {
        self.previousAddress = previousAddress
        self.sequence = sequence
        self.token = token
        self.requests = requests
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(
            previousAddress: try reader.address(header.family), sequence: try reader.integer(),
            token: try reader.integer(), requests: try ContextDataBlock.all(&reader))
    }

    func write(to writer: inout OctetWriter) {
        writer.append(contentsOf: previousAddress.octets)
        writer.append(sequence)
        writer.append(token)
        for request in requests { request.write(to: &writer) }
    }
}
