import IPsec

/// The fields of a static context that take several presence bits.
extension BlockReader {
    /// Encryption, integrity, block size and IV mode: the last two must be what the encryption implies.
    mutating func suite() throws(WireError) -> AlgorithmSuite {
        let encryption = try optional { (r) throws(WireError) -> EncryptionAlgorithm in
            let (transform, keyOctets) = (try r.integer(UInt16.self), try r.integer(UInt8.self))
            guard let algorithm = EncryptionAlgorithm(transform: transform, keyOctets: Int(keyOctets)) else {
                throw .badValue(.suite)
            }
            return algorithm
        }
        let integrity = try optional { (r) throws(WireError) -> IntegrityAlgorithm in
            guard let algorithm = IntegrityAlgorithm(rawValue: try r.integer()) else { throw .badValue(.suite) }
            return algorithm
        }
        let blockOctets = try optional { (r) throws(WireError) in try r.integer(UInt8.self) }
        guard blockOctets == encryption.map({ UInt8($0.blockOctets) }) else { throw .badValue(.blockSize) }
        let ivMode = try optional { (r) throws(WireError) in try r.value(.ivMode, IVMode.self) }
        guard ivMode == encryption?.ivMode else { throw .badValue(.ivMode) }
        guard let suite = AlgorithmSuite(encryption, integrity) else { throw .badValue(.suite) }
        return suite
    }

    mutating func lifetime() throws(WireError) -> Lifetime {
        let seconds = try optional { (r) throws(WireError) in try r.number(.lifetime) }
        let bytes = try optional { (r) throws(WireError) in try r.number(.lifetime) }
        let packets = try optional { (r) throws(WireError) in try r.number(.lifetime) }
        return Lifetime(seconds: seconds, bytes: bytes, packets: packets)
    }

    /// The keys, present where the suite has one, with the length that it needs.
    mutating func keys(of suite: AlgorithmSuite) throws(WireError) -> KeyedSuite {
        let encryptionOctets = suite.encryption.map { $0.keyOctets + $0.saltOctets } ?? 0
        let integrityOctets = suite.integrity?.keyOctets ?? 0
        let encryption = try key(encryptionOctets)
        let integrity = try key(integrityOctets)
        guard let keys = KeyedSuite(suite, encryptionKey: encryption, integrityKey: integrity) else {
            throw .badValue(.keys)
        }
        return keys
    }

    private mutating func key(_ count: Int) throws(WireError) -> KeyMaterial {
        let key = try optional { (r) throws(WireError) in try r.key(count) }
        guard (key != nil) == (count > 0) else { throw .badValue(.keys) }
        return key ?? KeyMaterial(octets: [])
    }
}

extension OctetReader {
    /// `nil`, anti-replay off, for 0.
    static func windowSize(_ value: UInt16) throws(WireError) -> Int? {
        guard value != 0 else { return nil }
        guard ReplayWindow.sizes.contains(Int(value)) else { throw .badValue(.windowSize) }
        return Int(value)
    }
}
