package import ConfigurationFiles
package import Terminal

/// A theme's YAML file (see ``ThemeDocument``).
package enum ThemeFile {
    /// Reads the text of a theme.
    package static func read(_ text: String, file: String) throws(FileError) -> ThemeDocument {
        let top = try YAMLDocument.parse(text, file: file)
            .mapping(keys: ["name", "appearance", "inherits", "palette", "roles"])
        var document = ThemeDocument(name: try top.required("name", example: "dark").name())
        if let value = top["appearance"] {
            document.appearance = try value.choice(Appearance.self, called: "appearance")
        }
        document.inherits = try top["inherits"]?.name()
        for (key, value) in try top["palette"]?.entries() ?? [] {
            document.palette[key.rawText] = try colour(value)
        }
        for (key, value) in try top["roles"]?.entries() ?? [] {
            document.roles[key.rawText] = try style(value)
        }
        return document
    }

    /// Reads the theme file at a path.
    package static func load(_ path: String) throws(FileError) -> ThemeDocument {
        try read(try TextFile.read(path), file: path)
    }

    /// `{rgb: "#e5534b", c256: 167, c16: bright-red}`.
    private static func colour(_ value: YAMLValue) throws(FileError) -> PaletteColour {
        let map = try value.mapping(keys: ["rgb", "c256", "c16"])
        var colour = PaletteColour()
        if let value = map["rgb"] {
            guard let rgb = RGB(value.rawText) else {
                throw value.error("\(value.path) is no colour", fix: "Write it in quotes, like \"#e5534b\".")
            }
            colour.rgb = rgb
        }
        colour.c256 = try map["c256"].map { value throws(FileError) in UInt8(try value.integer(0...255)) }
        colour.c16 = try map["c16"].map { value throws(FileError) in
            try value.word(called: "terminal colour", among: TerminalColour.allCases.map { ($0.name, $0) })
        }
        guard !colour.isEmpty else {
            throw value.error("nothing is said of the colour \(value.path)", fix: "Give it one of rgb, c256 and c16.")
        }
        return colour
    }

    /// `{fg: alert, bg: own, attributes: [bold], mono: [reverse], cue: "✗", ascii: "x"}`.
    private static func style(_ value: YAMLValue) throws(FileError) -> RoleStyle {
        let map = try value.mapping(keys: ["fg", "bg", "attributes", "mono", "cue", "ascii"])
        return RoleStyle(
            fg: try map["fg"]?.text(), bg: try map["bg"]?.text(), attributes: try map["attributes"].map(emphasis),
            mono: try map["mono"].map(emphasis), cue: try map["cue"].map(glyph), ascii: try map["ascii"].map(glyph))
    }

    private static func emphasis(_ value: YAMLValue) throws(FileError) -> Emphasis {
        var emphasis: Emphasis = []
        for item in try value.items() {
            let names = ["bold", "dim", "reverse", "underline"]
            emphasis.formUnion(
                try item.word(called: "attribute", among: names.map { ($0, Emphasis(name: $0) ?? []) }))
        }
        return emphasis
    }

    /// One cell.
    private static func glyph(_ value: YAMLValue) throws(FileError) -> String {
        let text = try value.text()
        guard VisibleText(text).width == 1 else {
            throw value.error("\(value.path) has to be one cell wide", fix: "Write a single sign in quotes.")
        }
        return text
    }
}
