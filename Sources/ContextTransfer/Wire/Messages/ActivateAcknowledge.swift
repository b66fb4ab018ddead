package import IPsec

/// CTAA: what became of a CTAR (RFC 4067 section 2.5.2).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|  Type   |V|  Reserved   |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~              Mobile Node's Previous IP address                ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |       FPT (if present)        |  Status code  |   Reserved    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                           ........                            |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct ActivateAcknowledge: Equatable, Sendable {
    package var previousAddress: IPAddress
    /// What was not transferred.
    package var failures: [FeatureStatus]

    package init(previousAddress: IPAddress, failures: [FeatureStatus]) {
        (self.previousAddress, self.failures) = (previousAddress, failures)
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(
            previousAddress: try reader.address(header.family), failures: try FeatureStatus.all(&reader))
    }

    func write(to writer: inout OctetWriter) {
        writer.append(contentsOf: previousAddress.octets)
        for failure in failures { failure.write(to: &writer) }
    }
}
