/// A suite with its keys.
package struct KeyedSuite: Equatable, Sendable {
    package let suite: AlgorithmSuite
    /// The encryption key with the salt at its end; empty for `null` and for AH.
    package let encryptionKey: KeyMaterial
    /// The integrity key; empty for a combined mode.
    package let integrityKey: KeyMaterial

    /// `nil` when a key has not the length that the suite needs.
    package init?(_ suite: AlgorithmSuite, encryptionKey: KeyMaterial, integrityKey: KeyMaterial) {
        let needed = suite.encryption.map { $0.keyOctets + $0.saltOctets } ?? 0
        guard encryptionKey.count == needed, integrityKey.count == suite.integrity?.keyOctets ?? 0 else { return nil }
        self.suite = suite
        self.encryptionKey = encryptionKey
        self.integrityKey = integrityKey
    }

    /// The suite with fresh random keys.
    package init(random suite: AlgorithmSuite) {
        self.suite = suite
        encryptionKey = KeyMaterial(random: suite.encryption.map { $0.keyOctets + $0.saltOctets } ?? 0)
        integrityKey = KeyMaterial(random: suite.integrity?.keyOctets ?? 0)
    }
}
