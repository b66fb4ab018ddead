package import IPsec

/// A message of the types from 8 on: experimental, not in RFC 4067.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|  Type   |V|  Reserved   |            Length             |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~               Mobile Node's Previous IP Address               ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                   First Context Data Block                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                           ........                            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct ExtensionMessage: Equatable, Sendable {
    package let type: CXTPType
    package var previousAddress: IPAddress
    package var blocks: [ContextDataBlock]

    package init(_ type: CXTPType, previousAddress: IPAddress, blocks: [ContextDataBlock]) {
        precondition(type.isExtension, "Types 1 to 7 have forms of their own.")
        (self.type, self.previousAddress, self.blocks) = (type, previousAddress, blocks)
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(
            header.type, previousAddress: try reader.address(header.family), blocks: try ContextDataBlock.all(&reader))
    }

    func write(to writer: inout OctetWriter) {
        writer.append(contentsOf: previousAddress.octets)
        for block in blocks { block.write(to: &writer) }
    }
}
