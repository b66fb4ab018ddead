/// A piece of a YAML document with its place in the text, aliases written out.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        /// `isPlain`: without quotes, so that `null` is nothing and `"null"` is a word.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    let content: Content
    /// From 1.
    let line: Int
    /// From 1.
    let column: Int
}
