extension IPAddress: CustomStringConvertible {
    /// The text form: dotted quad, or RFC 5952 for IPv6.
    package var description: String {
        guard family == .v6 else {
            let number = UInt32(truncatingIfNeeded: value)
            return "\(number >> 24).\(number >> 16 & 0xff).\(number >> 8 & 0xff).\(number & 0xff)"
        }
        let octets = octets
        if unmapped.family == .v4 { return "::ffff:\(unmapped)" }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
        let hex = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard let gap = Self.longestZeroRun(groups) else { return hex(groups[...]) }
        return hex(groups[..<gap.lowerBound]) + "::" + hex(groups[gap.upperBound...])
    }

    /// The address written as a dotted quad or in any form of RFC 4291 section 2.2; `nil` for anything else.
    package init?(_ text: some StringProtocol) {
        let parsed = text.utf8.contains(UInt8(ascii: ":")) ? Self.parseV6(text) : Self.parseV4(text)
        guard let octets = parsed else { return nil }
        self.init(octets: octets)
    }

    /// The first longest run of at least two zero groups.
    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(1, best?.count ?? 0) { best = start..<end }
            start = end + 1
        }
        return best
    }

    private static func parseV4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = String(text).split(separator: Character("."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let octets = parts.compactMap { part -> UInt8? in
            guard part.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            guard part.utf8.count == 1 || part.first != "0" else { return nil }
            return UInt8(part)
        }
        return octets.count == 4 ? octets : nil
    }

    private static func parseV6(_ text: some StringProtocol) -> [UInt8]? {
        let parts = String(text).split(separator: Character(":"), omittingEmptySubsequences: false).map(String.init)
        guard let gap = parts.indices.first(where: { parts[$0].isEmpty && $0 > 0 && $0 < parts.count - 1 }) else {
            guard text != "::" else { return [UInt8](repeating: 0, count: 16) }
            return parseGroups(parts).flatMap { $0.count == 16 ? $0 : nil }
        }
        let before = parts[..<gap]
        let after = parts[(gap + 1)...]
        let trimmedBefore = before.first == "" && before.count == 1 ? [] : Array(before)
        let trimmedAfter = after.last == "" && after.count == 1 ? [] : Array(after)
        guard let head = parseGroups(trimmedBefore), let tail = parseGroups(trimmedAfter) else { return nil }
        guard head.count + tail.count <= 14 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// Groups of 16 bits; a dotted quad may stand for the last two.
    private static func parseGroups(_ parts: [String]) -> [UInt8]? {
        var octets: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let quad = parseV4(part) else { return nil }
                octets += quad
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit) else { return nil }
                guard let group = UInt16(part, radix: 16) else { return nil }
                octets += [UInt8(group >> 8), UInt8(group & 0xff)]
            }
        }
        return octets
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte)
    }
}
