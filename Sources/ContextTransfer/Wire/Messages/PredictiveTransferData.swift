package import IPsec

/// PCTD: contexts that go ahead of the move, with the key of CTAR's token (RFC 4067 section 2.5.3). Here it carries
/// the static contexts.
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
///     |            Algorithm          |            Key Length         |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     |                              Key                              |
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                   First Context Data Block                    ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///     ~                           ........                            ~
///     +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
///
/// The key has as many octets as Key Length says and is not padded. Where there is no CTAR, the algorithm and the key
/// length are 0: a departure from the RFC, which has no such form.
package struct PredictiveTransferData: Equatable, Sendable {
    /// The A bit.
    package var wantsReply: Bool
    /// In milliseconds.
    package var elapsed: UInt32
    package var previousAddress: IPAddress
    /// 1 is HMAC_SHA1; 0 says that there is no key.
    package var algorithm: UInt16
    /// Empty exactly when the algorithm is 0.
    package var key: KeyMaterial
    package var blocks: [ContextDataBlock]

    package init(
        wantsReply: Bool, elapsed: UInt32, previousAddress: IPAddress, algorithm: UInt16 = 0,
        key: KeyMaterial = KeyMaterial(octets: []), blocks: [ContextDataBlock]
    ) {
        self.wantsReply = wantsReply
        self.elapsed = elapsed
        self.previousAddress = previousAddress
        self.algorithm = algorithm
        self.key = key
        self.blocks = blocks
    }

    init(_ header: CXTPHeader, _ reader: inout OctetReader) throws(WireError) {
        let elapsed = try reader.integer(UInt32.self)
        let address = try reader.address(header.family)
        let algorithm = try reader.integer(UInt16.self)
        let keyLength = try reader.integer(UInt16.self)
        guard (algorithm == 0) == (keyLength == 0) else { throw .badValue(.algorithm) }
        self.init(
            wantsReply: header.flag, elapsed: elapsed, previousAddress: address, algorithm: algorithm,
            key: try reader.key(Int(keyLength)), blocks: try ContextDataBlock.all(&reader))
    }

    func write(to writer: inout OctetWriter) throws(WireError) {
        guard (algorithm == 0) == (key.count == 0), let keyLength = UInt16(exactly: key.count) else {
            throw .badValue(.algorithm)
        }
        writer.append(elapsed)
        writer.append(contentsOf: previousAddress.octets)
        writer.append(algorithm)
        writer.append(keyLength)
        writer.key(key)
        for block in blocks { block.write(to: &writer) }
    }
}
