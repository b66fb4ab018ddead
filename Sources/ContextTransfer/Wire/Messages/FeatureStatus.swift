/// What is said of one feature profile type in CTAA and CTDR (RFC 4067 sections 2.5.2 and 2.5.4).
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |       FPT (if present)        |  Status code  |   Reserved    |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct FeatureStatus: Hashable, Sendable {
    package var feature: UInt16
    /// 0 is success.
    package var code: UInt8

    package init(feature: UInt16, code: UInt8) { (self.feature, self.code) = (feature, code) }

    /// Every status up to the end of the message.
    static func all(_ reader: inout OctetReader) throws(WireError) -> [FeatureStatus] {
        var statuses: [FeatureStatus] = []
        while reader.remaining > 0 {
            statuses.append(FeatureStatus(feature: try reader.integer(), code: try reader.integer()))
            guard try reader.integer(UInt8.self) == 0 else { throw .reservedBitsSet }
        }
        return statuses
    }

    func write(to writer: inout OctetWriter) {
        writer.append(feature)
        writer.append(code)
        writer.append(UInt8(0))
    }
}
