extension YAMLValue {
    /// Any text that is not empty and has no control characters but line breaks.
    package func text() throws(FileError) -> String {
        guard case .scalar(let text, _) = node.content, !isNull else {
            throw expected("text", "Write a word or a sentence.")
        }
        let isClean = text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
        guard !text.isEmpty, isClean else {
            throw error(
                "\(subject) is \(QuotedText(text)), and must be printable text", fix: "Take the control characters out."
            )
        }
        return text
    }

    /// A name that can stand on a command line: 1 to 63 letters, digits, `-`, `_` and `.`, first a letter or digit.
    package func name() throws(FileError) -> String {
        let text = try text()
        guard NameRule.allows(text) else {
            throw error(
                "\(QuotedText(text))\(inPath) is not a name",
                fix: "Use up to 63 letters, digits, `-`, `_` and `.`, first a letter or digit.")
        }
        return text
    }

    /// A whole number, decimal or with `0x`.
    package func integer(_ range: ClosedRange<Int>) throws(FileError) -> Int {
        let kind = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let number = wholeNumber else { throw expected(kind, "Write it without quotes, unit or fraction.") }
        guard range.contains(number) else { throw expected(kind, "Choose a number in that range.") }
        return number
    }

    /// `true`, `yes`, `on` or `false`, `no`, `off`.
    package func boolean() throws(FileError) -> Bool {
        switch rawText.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: throw expected("true or false", "Write true or false.")
        }
    }

    /// A number with a unit: `500ms`, `2s`, `10m` or `1h`.
    package func duration() throws(FileError) -> Duration {
        let fix = "Write a number with ms, s, m or h, for example 500ms."
        let text = rawText
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number <= 1_000_000_000 else { throw expected("a duration", fix) }
        switch text.dropFirst(digits.count) {
        case "ms": return .milliseconds(number)
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        default: throw expected("a duration", fix)
        }
    }

    /// One of the raw values of an enumeration.
    package func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ type: Choice.Type, called kind: String
    ) throws(FileError) -> Choice {
        try word(called: kind, among: Choice.allCases.map { ($0.rawValue, $0) })
    }

    /// One of some words, each standing for a value.
    package func word<Meaning>(
        called kind: String, among words: [(word: String, meaning: Meaning)]
    ) throws(FileError) -> Meaning {
        let text = rawText
        if let found = words.first(where: { $0.word == text }) { return found.meaning }
        let known = words.map(\.word)
        guard case .scalar = node.content, !isNull else {
            throw expected("one word", "Write one of \(known.joined(separator: ", ")).")
        }
        let hint = Suggestion(for: text, among: known).map { "Did you mean \"\($0.word)\"? " } ?? ""
        throw error(
            "unknown \(kind) \(QuotedText(text))\(inPath)", fix: "\(hint)Known are \(known.joined(separator: ", ")).")
    }

    /// The number that is written; `nil` for anything else, also for a number in quotes.
    private var wholeNumber: Int? {
        guard case .scalar(let text, isPlain: true) = node.content else { return nil }
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            let digits = text.dropFirst(2)
            return digits.first.map { $0.isHexDigit } == true ? Int(digits, radix: 16) : nil
        }
        let digits = text.first == "-" ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
