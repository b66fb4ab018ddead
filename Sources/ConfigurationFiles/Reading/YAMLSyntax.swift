import Yams

/// Yams's own errors, said in the form of ours.
enum YAMLSyntax {
    static func error(_ error: any Error, text: String, file: String) -> FileError {
        let fix = "Check the indentation, quotes and brackets here and on the line before."
        switch error {
        case YamlError.scanner(let context, let problem, let mark, _),
            YamlError.parser(let context, let problem, let mark, _):
            // The context says what was being read when the problem came up.
            let during = context.map { " \($0.text)" } ?? ""
            return FileError(
                file: file, line: mark.line, column: mark.column, problem: "this is not YAML: \(problem)\(during)",
                fix: fix)
        case YamlError.composer(_, let problem, let mark, _):
            return FileError(
                file: file, line: mark.line, column: mark.column, problem: "this is not one YAML document: \(problem)",
                fix: "Define an anchor before its alias, and write one document in a file.")
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { QuotedText($0).description }
            return FileError(
                file: file, line: context.mark.line, column: context.mark.column,
                problem: "the key \(WordList(names)) is there more than once in one mapping, first here",
                fix: "Keep one of them, or give each its own name.")
        case YamlError.reader(let problem, let offset, _, _):
            let line = offset.map { text.prefix($0).count(where: \.isNewline) + 1 }
            return FileError(
                file: file, line: line, problem: "this is not text: \(problem)",
                fix: "Save the file as UTF-8 without control characters.")
        default:
            return FileError(file: file, problem: "the file cannot be read as YAML: \(error)", fix: fix)
        }
    }
}
