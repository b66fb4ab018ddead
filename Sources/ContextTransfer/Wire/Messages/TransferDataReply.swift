package import IPsec

/// CTDR: whether contexts were received; never a proof that they are in force (RFC 4067 section 2.5.4).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|  Type   |V|S| Reserved  |          Length               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~             Mobile Node's Previous IP Address                 ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |        FPT (if present)       |  Status code  |   Reserved    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                           ........                            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct TransferDataReply: Equatable, Sendable {
    /// The S bit: every context was received.
    package var isSuccess: Bool
    package var previousAddress: IPAddress
    package var statuses: [FeatureStatus]

    package init(isSuccess: Bool, previousAddress: IPAddress, statuses: [FeatureStatus]) {
        (self.isSuccess, self.previousAddress, self.statuses) = (isSuccess, previousAddress, statuses)
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(
            isSuccess: header.flag, previousAddress: try reader.address(header.family),
            statuses: try FeatureStatus.all(&reader))
    }

    func write(to writer: inout OctetWriter) {
        writer.append(contentsOf: previousAddress.octets)
        for status in statuses { status.write(to: &writer) }
    }
}
