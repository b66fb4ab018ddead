import Yams

/// A YAML file of one document, read whole: the way in to ``YAMLValue``.
package enum YAMLDocument {
    /// The document's top value.
    package static func parse(
        _ text: String, file: String, limits: YAMLLimits = YAMLLimits()
    ) throws(FileError) -> YAMLValue {
        guard text.utf8.count <= limits.octets else {
            throw FileError(
                file: file, problem: "the file has \(text.utf8.count) octets",
                fix: "The most is \(limits.octets): split it.")
        }
        try AliasGuard.check(text, file: file)
        let root: Node?
        do {
            // Scalars are given their types by what the reader expects, not by how they look.
            root = try Yams.compose(yaml: text, .basic)
        } catch {
            throw YAMLSyntax.error(error, text: text, file: file)
        }
        guard let root else {
            throw FileError(
                file: file, line: 1, problem: "the file is empty", fix: "Write a mapping of keys and values.")
        }
        var importer = YAMLImporter(file: file, limits: limits)
        return YAMLValue(node: try importer.node(root, depth: 0), file: file, path: "")
    }
}
