import ArgumentParser
import CursesScreen

/// The options of every command that opens the console.
struct ScreenSelection: ParsableArguments {
    @Option(help: "The theme: a name or a file (YAML).", completion: .file(extensions: ["yaml"]))
    var theme: String?

    @Flag(help: "Draw with nothing but ASCII.")
    var ascii = false

    @Flag(help: "Use no colours; so does the environment variable NO_COLOR.")
    var noColor = false

    @Flag(help: "Keep the terminal's cursor on the selected row, for screen readers.")
    var accessible = false

    /// Those that were given, as a person writes them.
    var given: [String] {
        (theme == nil ? [] : ["--theme"]) + (ascii ? ["--ascii"] : []) + (noColor ? ["--no-color"] : [])
            + (accessible ? ["--accessible"] : [])
    }

    var options: ScreenOptions {
        var options = ScreenOptions.fromEnvironment()
        options.isASCII = ascii
        options.isMonochrome = options.isMonochrome || noColor
        options.showsCursor = accessible
        return options
    }
}
