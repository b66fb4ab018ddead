/// Refuses aliases in mapping keys, before anything looks at them.
///
/// Yams compares the keys of a mapping by all that is in them. A key that is a list of aliases of lists of aliases
/// is small in the file and endless in the comparison. Keys that are more than one word have no use here.
enum AliasGuard {
    static func check(_ text: String, file: String) throws(FileError) {
        var hasAlias = false
        var isInAlias = false
        var suspect: Int?
        var line = 1
        var before: UInt8 = 0x0a
        for byte in text.utf8 {
            let beginsAlias = before == UInt8(ascii: "*") && isNameByte(byte)
            // `? key`, and `]:`, `}:`, `*alias:` or ` :` behind a key. Other text may look so: then it is refused too,
            // but only in a file that has an alias.
            if byte == UInt8(ascii: "?") && !isNameByte(before)
                || byte == UInt8(ascii: ":") && endsKey(before, isInAlias)
            {
                suspect = suspect ?? line
            }
            hasAlias = hasAlias || beginsAlias
            isInAlias = beginsAlias || isInAlias && isNameByte(byte)
            if byte == 0x0a { line += 1 }
            before = byte
        }
        guard hasAlias, let suspect else { return }
        throw FileError(
            file: file, line: suspect, problem: "an alias cannot be used beside a key that is not one word",
            fix: "Write keys as plain words with the colon right behind them, or write the aliased value out.")
    }

    /// Whether a colon behind `byte` may end a key that is not one plain or quoted word.
    private static func endsKey(_ byte: UInt8, _ isInAlias: Bool) -> Bool {
        isInAlias || isBlank(byte) || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }
}
