import ForwardingPath

/// Reads the line after `:`, and completes it.
enum OrderParser {
    /// Why a line is not understood: a sentence without a full stop.
    struct Misunderstanding: Error, Equatable {
        /// The sentence.
        let text: String
    }

    /// The words that a line may begin with.
    static let words: [(word: String, summary: String)] =
        ViewKind.allCases.map { ($0.name.lowercased(), $0.summary) } + [
            ("help", "which keys do what"), ("move", "plan a move: move [NAME…] [--from NODE] [--to NODE]"),
            ("drain", "plan to move everything away: drain NODE [--to NODE,NODE]; or drain NODE --stop"),
            ("seek", "have a new router set up the new path: seek NODE [PLANE]"),
            ("approve", "decide about a move: approve [MOVE]"), ("abort", "stop a move: abort [MOVE]"),
            ("filter", "show only rows with a text: filter TEXT"), ("sort", "sort the list: sort COLUMN"),
            ("arm", "let the console order moves"), ("disarm", "back to read-only"),
            ("freeze", "stop the screen, or go on"), ("quit", "end"),
        ]

    /// What a line asks for.
    static func order(_ line: String) throws(Misunderstanding) -> ConsoleOrder {
        let parts = line.split(separator: " ").map(String.init)
        guard let first = parts.first else { throw Misunderstanding(text: "nothing was asked") }
        let rest = Array(parts.dropFirst())
        switch try word(first) {
        case "help": return .help
        case "move": return try move(rest)
        case "drain": return try drain(rest)
        case "seek": return try seek(rest)
        case "approve": return .approve(rest.first)
        case "abort": return .abort(rest.first)
        case "filter": return .filter(rest.joined(separator: " "))
        case "sort":
            guard let column = rest.first else { throw Misunderstanding(text: "sort by which column?") }
            return .sort(column)
        case "arm": return .arm(true)
        case "disarm": return .arm(false)
        case "freeze": return .freeze
        case "quit": return .quit
        case let name:
            guard let view = ViewKind.allCases.first(where: { $0.name.lowercased() == name }) else {
                throw Misunderstanding(text: "there is no command \"\(first)\"")
            }
            return .open(view)
        }
    }

    /// The lines that a beginning may become, given the names of SAs, moves and columns.
    static func completions(of line: String, associations: [String], moves: [String], columns: [String]) -> [String] {
        guard let space = line.firstIndex(of: " ") else {
            return line.isEmpty ? [] : words.map(\.word).filter { $0.hasPrefix(line.lowercased()) }
        }
        let head = line[...(line.lastIndex(of: " ") ?? space)]
        let tail = line[line.index(after: line.lastIndex(of: " ") ?? space)...]
        let candidates: [String]
        switch String(line[..<space]) {
        case "move": candidates = associations + ["--from", "--to"]
        case "approve", "abort": candidates = moves
        case "sort": candidates = columns
        default: candidates = []
        }
        return candidates.filter { $0.hasPrefix(tail) && $0 != tail }.prefix(20).map { head + $0 }
    }

    /// What the first word of a line does, once it is certain which one that is.
    static func summary(of line: String) -> String? {
        guard let first = line.split(separator: " ").first, let whole = try? word(String(first)) else { return nil }
        return words.first { $0.word == whole }?.summary
    }

    /// The whole word that a beginning stands for.
    private static func word(_ text: String) throws(Misunderstanding) -> String {
        let asked = text.lowercased()
        if asked == "q" { return "quit" }
        let matches = words.map(\.word).filter { $0.hasPrefix(asked) }
        if let whole = matches.first(where: { $0 == asked }) { return whole }
        guard let only = matches.first else { throw Misunderstanding(text: "there is no command \"\(text)\"") }
        guard matches.count == 1 else {
            throw Misunderstanding(text: "\"\(text)\" may be \(matches.joined(separator: " or "))")
        }
        return only
    }

    private static func drain(_ parts: [String]) throws(Misunderstanding) -> ConsoleOrder {
        guard let gateway = parts.first, gateway != "--to" else {
            throw Misunderstanding(text: "drain which gateway?")
        }
        let rest = parts.dropFirst()
        guard !rest.isEmpty else { return .drain(gateway, to: []) }
        if rest.elementsEqual(["--stop"]) { return .stopDrain(gateway) }
        guard rest.first == "--to", rest.count == 2, let others = rest.last else {
            throw Misunderstanding(text: "write it as drain NODE --to NODE,NODE, or drain NODE --stop")
        }
        return .drain(gateway, to: others.split(separator: ",").map(String.init))
    }

    private static func seek(_ parts: [String]) throws(Misunderstanding) -> ConsoleOrder {
        guard let router = parts.first else { throw Misunderstanding(text: "which router is to set the path up?") }
        guard parts.count < 3, let plane = parts.count == 2 ? Plane(rawValue: parts[1]) : .data else {
            throw Misunderstanding(text: "write it as seek NODE data, control or management")
        }
        return .seek(router, plane)
    }

    private static func move(_ parts: [String]) throws(Misunderstanding) -> ConsoleOrder {
        var (names, from, to): ([String], String?, String?) = ([], nil, nil)
        var rest = parts[...]
        while let part = rest.popFirst() {
            switch part {
            case "--from", "--to":
                guard let node = rest.popFirst() else { throw Misunderstanding(text: "\(part) needs a node") }
                if part == "--from" { from = node } else { to = node }
            default: names.append(part)
            }
        }
        return .move(names, from: from, to: to)
    }
}
