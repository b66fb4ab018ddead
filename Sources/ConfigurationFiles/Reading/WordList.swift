/// Words in a sentence: `a, b, c`, at most twelve of them.
struct WordList: CustomStringConvertible {
    let description: String

    init(_ words: some Collection<String>) {
        description = words.prefix(12).joined(separator: ", ") + (words.count > 12 ? ", …" : "")
    }
}
