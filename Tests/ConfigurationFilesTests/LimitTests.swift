import ConfigurationFiles
import Testing

@Suite("Limits of a file")
struct LimitTests {
    private func outcome(_ text: String, limits: YAMLLimits = YAMLLimits()) -> String {
        Outcome.of { () throws(FileError) in _ = try YAMLDocument.parse(text, file: "f.yaml", limits: limits) }
    }

    /// `a: &a [x, …]`, `b: &b [*a, *a, …]` and so on: nine values on each of `levels` levels.
    private func bomb(levels: Int) -> String {
        let names = (0..<levels).map { "n\($0)" }
        var lines = ["n0: &n0 [x,x,x,x,x,x,x,x,x]"]
        for (last, name) in zip(names, names.dropFirst()) {
            lines.append("\(name): &\(name) [" + Array(repeating: "*\(last)", count: 9).joined(separator: ",") + "]")
        }
        return lines.joined(separator: "\n")
    }

    @Test("aliases of aliases are refused before they fill the memory", .timeLimit(.minutes(1)))
    func aliasBomb() {
        #expect(outcome(bomb(levels: 3)) == "read")
        #expect(
            outcome(bomb(levels: 30)).contains("the file has more than 500000 values. Split it, or use fewer aliases."))
    }

    @Test(
        "aliases in keys are refused before anything compares them", .timeLimit(.minutes(1)),
        arguments: [
            "? *n29\n: x", "? [*n29, *n29]\n: x", "[*n29]: x", "[*n29] : x", "{k: *n29}: x", "*n29 : x", "k: {?*n29:x}",
            "k: {*n29: x}",
        ])
    func aliasKeys(line: String) {
        let text = bomb(levels: 30) + "\n" + line
        #expect(outcome(text).hasPrefix("f.yaml:31: an alias cannot be used beside a key that is not one word."))
    }

    @Test(
        "lists within lists end somewhere", .timeLimit(.minutes(1)),
        arguments: [
            String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
            String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
            String(repeating: "[", count: 100_000),
            String(repeating: "{a: ", count: 100_000),
            String(repeating: "- ", count: 100_000),
            (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        ])
    func depth(text: String) {
        let outcome = outcome(text)
        #expect(outcome.contains("more than 32 deep") || outcome.contains("this is not YAML"))
    }

    @Test("a file of 4 MiB is read, a larger one is not", .timeLimit(.minutes(1)))
    func size() {
        let line = "- {a: bcdefgh, i: [1, 2, 3]}\n"
        #expect(outcome(String(repeating: line, count: (4 << 20) / line.utf8.count / 4)) == "read")
        #expect(
            outcome(String(repeating: "#", count: (4 << 20) + 1))
                == "f.yaml: the file has 4194305 octets. The most is 4194304: split it.")
    }

    @Test(
        "what is not a document of text is said to be so",
        arguments: [
            ("", "f.yaml:1: the file is empty. Write a mapping of keys and values."),
            ("# nothing\n", "f.yaml:1: the file is empty. Write a mapping of keys and values."),
            (
                "a: \u{1}\n",
                "f.yaml:1: this is not text: control characters are not allowed. Save the file as UTF-8 without control characters."
            ),
            (
                "a: 1\n---\nb: 2\n",
                "f.yaml:2: this is not one YAML document: but found another document. "
                    + "Define an anchor before its alias, and write one document in a file."
            ),
        ])
    func noDocument(text: String, message: String) { #expect(outcome(text) == message) }

    @Test("a file that cannot be read is named", arguments: ["/nowhere/at/all.yaml", "/", "/dev/zero"])
    func unreadable(path: String) {
        let outcome = Outcome.of { () throws(FileError) in _ = try ScenarioFile.load(path) }
        #expect(outcome.hasPrefix("\(path): the file "))
        print(outcome)
    }

    @Test("bytes of a file cannot reach the terminal through an error")
    func escaping() {
        let outcome = Outcome.of { () throws(FileError) in
            _ = try NetworkFile.read("\"\\e[31mnodes\\u202e\": 1", file: "f.yaml")
        }
        #expect(outcome.hasPrefix("f.yaml:1: unknown key \"\\u{1b}[31mnodes\\u{202e}\"."))
    }
}
