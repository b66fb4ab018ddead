/// A value in a YAML file, with the place and the path that its errors name.
package struct YAMLValue: Sendable {
    let node: YAMLNode
    /// The file's name as it was given.
    package let file: String
    /// The keys that lead to the value, such as `paths.data.next`; empty for the top.
    package let path: String

    /// From 1.
    package var line: Int { node.line }
    /// From 1.
    package var column: Int { node.column }

    /// An error at this value.
    package func error(_ problem: String, fix: String) -> FileError {
        FileError(file: file, line: line, column: column, problem: problem, fix: fix)
    }

    /// Whether nothing is written: an empty value, `~` or `null` without quotes.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = node.content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The text of a scalar; empty for other values.
    package var rawText: String {
        guard case .scalar(let text, _) = node.content else { return "" }
        return text
    }

    /// Whether the value is a list.
    package var isList: Bool {
        guard case .sequence = node.content else { return false }
        return true
    }

    /// Whether the value is a mapping.
    package var isMapping: Bool {
        guard case .mapping = node.content else { return false }
        return true
    }

    /// The items of a list.
    package func items() throws(FileError) -> [YAMLValue] {
        guard case .sequence(let nodes) = node.content else { throw expected("a list", "Write it as [one, two].") }
        return nodes.enumerated().map { index, item in
            if case .scalar = item.content { return YAMLValue(node: item, file: file, path: path) }
            return YAMLValue(node: item, file: file, path: "\(path)[\(index)]")
        }
    }

    /// A mapping whose keys are names of the writer's choice, in the order of the file.
    package func entries() throws(FileError) -> [(key: YAMLValue, value: YAMLValue)] {
        guard case .mapping(let pairs) = node.content else {
            throw expected("a mapping", "Write it as {key: value}, or one `key: value` a line.")
        }
        var entries: [(key: YAMLValue, value: YAMLValue)] = []
        for pair in pairs {
            let key = YAMLValue(node: pair.key, file: file, path: path)
            guard case .scalar(let name, _) = pair.key.content else {
                throw key.error("a key\(inPath) is not a word", fix: "Write a name before the colon.")
            }
            let shown = QuotedText(name).description.dropFirst().dropLast()
            let below = path.isEmpty ? String(shown) : "\(path).\(shown)"
            entries.append((key, YAMLValue(node: pair.value, file: file, path: below)))
        }
        return entries
    }

    /// A mapping that may have these keys and no others.
    package func mapping(keys: [String]) throws(FileError) -> YAMLMapping {
        let entries = try entries()
        for (key, _) in entries where !keys.contains(key.rawText) {
            let hint = Suggestion(for: key.rawText, among: keys).map { "Did you mean \"\($0.word)\"? " } ?? ""
            throw key.error(
                "unknown key \(QuotedText(key.rawText))\(inPath)",
                fix: "\(hint)Known keys are \(keys.joined(separator: ", ")).")
        }
        let values = entries.filter { !$0.value.isNull }.map { ($0.key.rawText, $0.value) }
        return YAMLMapping(value: self, values: Dictionary(values) { first, _ in first })
    }

    /// ` in PATH`; empty at the top.
    var inPath: String { path.isEmpty ? "" : " in \(path)" }
    /// The path as the subject of a sentence.
    var subject: String { path.isEmpty ? "the file" : path }

    /// The error that another kind of value is needed here.
    func expected(_ kind: String, _ fix: String) -> FileError {
        let found =
            switch node.content {
            case .scalar where isNull: "is empty"
            case .scalar(let text, _): "is \(QuotedText(text))"
            case .sequence: "is a list"
            case .mapping: "is a mapping"
            }
        return error("\(subject) \(found), and must be \(kind)", fix: fix)
    }
}
