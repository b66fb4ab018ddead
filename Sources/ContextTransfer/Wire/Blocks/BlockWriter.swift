/// Writes the fields of one of our blocks in their order, and the presence vector with them.
package struct BlockWriter: Sendable {
    private let feature: FeatureProfile
    private var presence: UInt32 = 0
    private var next: UInt32 = 0x8000_0000
    private var octets = OctetWriter(capacity: ContextDataBlock.largest + 8)

    package init(_ feature: FeatureProfile) { self.feature = feature }

    /// The next field; `write` is called only where it is present.
    package mutating func field(
        _ isPresent: Bool = true, _ write: (inout OctetWriter) throws(WireError) -> Void
    ) throws(WireError) {
        if isPresent {
            presence |= next
            try write(&octets)
        }
        next >>= 1
    }

    /// The next field, absent when it has its default.
    package mutating func field<Value: Equatable>(
        _ value: Value, default absent: Value, _ write: (inout OctetWriter, Value) throws(WireError) -> Void
    ) throws(WireError) {
        try field(value != absent) { (writer) throws(WireError) in try write(&writer, value) }
    }

    /// The next field, absent when it is `nil`.
    package mutating func optional<Value>(
        _ value: Value?, _ write: (inout OctetWriter, Value) throws(WireError) -> Void
    ) throws(WireError) {
        guard let value else { return next >>= 1 }
        try field { (writer) throws(WireError) in try write(&writer, value) }
    }

    /// The block of the fields; throws ``WireError/blockTooLarge(octets:)``, having wiped them.
    package consuming func block() throws(WireError) -> ContextDataBlock {
        let needed = 8 + (octets.octets.count + 7) / 8 * 8
        guard needed <= ContextDataBlock.largest else {
            octets.wipe()
            throw .blockTooLarge(octets: needed)
        }
        octets.append(contentsOf: repeatElement(0, count: needed - 8 - octets.octets.count))
        return try ContextDataBlock(feature: feature.rawValue, presence: presence, data: octets.octets[...])
    }
}
