/// What a terminal shows.
struct Picture: CustomStringConvertible {
    let lines: [String]

    var description: String { lines.joined(separator: "\n") }

    /// Whether a text stands in one of its lines.
    func shows(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

    /// Whether all of it is plain ASCII.
    var isASCII: Bool { lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } } }

    /// Packets of an SA at a gateway, as the table of SAs says; `nil` where it is not listed as in force.
    func packets(of name: String, at gateway: String) -> Int? {
        guard let header = lines.last(where: { $0.contains("GATEWAY") && $0.contains("PACKETS") }) else { return nil }
        // Numbers stand below the end of their heading.
        let end = header.ranges(of: "PACKETS")[0].upperBound.utf16Offset(in: header)
        let row = lines.first { line in
            let words = line.split { " │|▸>".contains($0) }
            return words.count > 2 && words[0] == gateway && words[1] == name && line.contains("in force")
        }
        let digits = row?.prefix(end).reversed().prefix { $0.isNumber || $0 == "," }.filter(\.isNumber)
        return digits.flatMap { Int(String($0.reversed())) }
    }

    /// The phases that are listed as finished, in order, each with the time that it took.
    var finishedPhases: [String] {
        lines.compactMap { line in
            line.firstMatch(of: /[✓+] ([a-z]+) +\d+\/\d+ +[0-9.]+ m?s/).map { String($0.1) }
        }
    }

    /// The phase that waits for a key.
    var awaitedPhase: String? {
        lines.lazy.compactMap { $0.firstMatch(of: /([a-z]+) +press n to go on/) }.first.map { String($0.1) }
    }
}
