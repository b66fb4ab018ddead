package import IPsec

/// An algorithm of a kernel SA with its key, by the kernel's name for it.
package struct XfrmAlgorithm: Equatable, Sendable {
    /// For example `rfc4106(gcm(aes))`.
    package var name: String
    package var key: KeyMaterial
    /// The length of the ICV in bits; `nil` where the attribute has none.
    package var icvBits: UInt32?

    package init(name: String, key: KeyMaterial, icvBits: UInt32? = nil) {
        (self.name, self.key, self.icvBits) = (name, key, icvBits)
    }

    private static let nameOctets = 64

    /// Reads `struct xfrm_algo`, or with an ICV `struct xfrm_algo_auth` and `struct xfrm_algo_aead`.
    package init(_ value: ArraySlice<UInt8>, hasICV: Bool) throws(NetlinkError) {
        var reader = KernelReader(value)
        name = try reader.text(Self.nameOctets)
        let bits = try reader.integer(UInt32.self)
        icvBits = hasICV ? try reader.integer(UInt32.self) : nil
        key = KeyMaterial(octets: try reader.octets((Int(bits) + 7) / 8))
    }

    /// The attribute's value. The caller overwrites it.
    package var encoded: [UInt8] {
        var writer = KernelWriter()
        writer.text(name, in: Self.nameOctets)
        writer.integer(UInt32(key.count * 8))
        if let icvBits { writer.integer(icvBits) }
        key.withOctets { writer.append($0) }
        return writer.octets
    }

    /// Whether it has a key, but the kernel shows zeros in its place: so it does for who may not see keys.
    package var isHidden: Bool { key.count > 0 && key.withOctets { $0.allSatisfy { $0 == 0 } } }
}
