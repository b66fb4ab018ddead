package import IPsec

/// CTC: nAR cancels a transfer (RFC 4067 section 2.5.5).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|  Type   |V|   Reserved  |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~               Mobile Node's Previous IP Address               ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct TransferCancel: Equatable, Sendable {
    package var previousAddress: IPAddress

    package init(previousAddress: IPAddress) { self.previousAddress = previousAddress }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(previousAddress: try reader.address(header.family))
    }

    func write(to writer: inout OctetWriter) { writer.append(contentsOf: previousAddress.octets) }
}
