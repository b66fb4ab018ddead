import IPsec

/// The fields of a static context that take several presence bits.
extension BlockWriter {
    mutating func suite(_ suite: AlgorithmSuite) throws(WireError) {
        try optional(suite.encryption) { (w, v) throws(WireError) in
            w.append(v.transform)
            w.append(UInt8(v.keyOctets))
        }
        try optional(suite.integrity) { (w, v) throws(WireError) in w.append(v.rawValue) }
        try optional(suite.encryption) { (w, v) throws(WireError) in w.append(UInt8(v.blockOctets)) }
        try optional(suite.encryption) { (w, v) throws(WireError) in w.append(v.ivMode.rawValue) }
    }

    mutating func lifetime(_ lifetime: Lifetime) throws(WireError) {
        for limit in [lifetime.seconds, lifetime.bytes, lifetime.packets] {
            try optional(limit) { (w, v) throws(WireError) in w.number(v) }
        }
    }

    mutating func keys(_ keys: KeyedSuite) throws(WireError) {
        for key in [keys.encryptionKey, keys.integrityKey] {
            try field(key.count > 0) { (w) throws(WireError) in w.key(key) }
        }
    }
}

extension OctetWriter {
    /// 0 where anti-replay is off.
    static func windowSize(_ size: Int?) throws(WireError) -> UInt16 {
        guard let size else { return 0 }
        guard ReplayWindow.sizes.contains(size) else { throw .badValue(.windowSize) }
        return UInt16(size)
    }
}
