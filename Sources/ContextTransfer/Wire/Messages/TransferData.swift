package import IPsec

/// CTD: contexts from pAR to nAR (RFC 4067 section 2.5.3). Here it carries the dynamic contexts.
///
///      0                   1                   2                   3
///      0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |Vers.|   Type  |V|A| Reserved  |          Length               |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |               Elapsed Time (in milliseconds)                  |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~            Mobile Node's Previous Care-of Address             ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                   First Context Data Block                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                           ........                            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
package struct TransferData: Equatable, Sendable {
    /// The A bit.
    package var wantsReply: Bool
    /// In milliseconds.
    package var elapsed: UInt32
    package var previousAddress: IPAddress
    package var blocks: [ContextDataBlock]

    package init(wantsReply: Bool, elapsed: UInt32, previousAddress: IPAddress, blocks: [ContextDataBlock]) {
        self.wantsReply = wantsReply
        self.elapsed = elapsed
        self.previousAddress = previousAddress
        self.blocks = blocks
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        self.init(
            wantsReply: header.flag, elapsed: try reader.integer(), previousAddress: try reader.address(header.family),
            blocks: try ContextDataBlock.all(&reader))
    }

    func write(to writer: inout OctetWriter) {
        writer.append(elapsed)
        writer.append(contentsOf: previousAddress.octets)
        for block in blocks { block.write(to: &writer) }
    }
}
