/// Text from a file as a message shows it: in quotes, control bytes escaped, at most 60 characters.
struct QuotedText: CustomStringConvertible {
    let description: String

    init(_ text: String) {
        var shown = ""
        for scalar in text.unicodeScalars.prefix(60) {
            switch scalar {
            case "\"", "\\": shown += "\\\(scalar)"
            case _ where scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        description = "\"" + shown + (text.unicodeScalars.count > 60 ? "…" : "") + "\""
    }
}
