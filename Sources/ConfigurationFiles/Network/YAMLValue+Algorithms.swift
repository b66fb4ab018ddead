import IPsec

extension YAMLValue {
    /// An ESP encryption algorithm.
    func encryption() throws(FileError) -> EncryptionAlgorithm {
        try word(called: "encryption algorithm", among: EncryptionAlgorithm.allCases.map { ($0.name, $0) })
    }

    /// An integrity algorithm.
    func integrity() throws(FileError) -> IntegrityAlgorithm {
        try word(called: "integrity algorithm", among: IntegrityAlgorithm.allCases.map { ($0.name, $0) })
    }

    /// What a node can use: a whole suite, or an encryption algorithm with every integrity algorithm that goes with it.
    func suites() throws(FileError) -> [AlgorithmSuite] {
        if let suite = AlgorithmSuite(name: rawText) { return [suite] }
        if let encryption = EncryptionAlgorithm(name: rawText) {
            return AlgorithmSuite.allESP.filter { $0.encryption == encryption }
        }
        let names = EncryptionAlgorithm.allCases.map(\.name) + IntegrityAlgorithm.allCases.map(\.name)
        let hint = Suggestion(for: rawText, among: names).map { "Did you mean \"\($0.word)\"? " } ?? ""
        throw error(
            "unknown algorithm \(QuotedText(rawText))\(inPath)",
            fix: "\(hint)Known are \(names.joined(separator: ", ")), and an encryption with an integrity algorithm "
                + "behind it, such as aes-cbc-128-hmac-sha-256-128.")
    }
}
