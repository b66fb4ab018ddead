extension Theme {
    /// The theme of that name among the documents, with all that it inherits. Of two documents with one name the last
    /// counts, so that a user's file takes the place of ours.
    package static func resolve(
        _ name: String, from documents: [ThemeDocument]
    ) throws(ThemeError) -> Theme {
        let byName = Dictionary(documents.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        guard var whole = byName[name] else {
            throw .unknownTheme(name, known: byName.keys.sorted())
        }
        var line = [name]
        while let parent = whole.inherits {
            guard !line.contains(parent) else { throw .cycle(line + [parent]) }
            guard let document = byName[parent] else { throw .unknownParent(parent, of: line[line.count - 1]) }
            whole = whole.inheriting(document)
            line.append(parent)
        }
        try whole.check()
        return Theme(whole)
    }
}

extension ThemeDocument {
    /// Itself, with what the parent says where it says nothing; what is left to inherit is what the parent inherits.
    fileprivate func inheriting(_ parent: ThemeDocument) -> ThemeDocument {
        ThemeDocument(
            name: name, appearance: appearance, inherits: parent.inherits,
            palette: palette.merging(parent.palette) { own, _ in own },
            roles: roles.merging(parent.roles) { own, inherited in own.over(inherited) })
    }

    /// Throws when a colour is missing or empty; the first in alphabetical order.
    fileprivate func check() throws(ThemeError) {
        for (colour, value) in palette.sorted(by: { $0.key < $1.key }) where value.isEmpty {
            throw .emptyColour(colour, theme: name)
        }
        for (role, style) in roles.sorted(by: { $0.key < $1.key }) {
            for colour in [style.fg, style.bg] {
                guard let colour, colour != "own", palette[colour] == nil else { continue }
                throw .unknownColour(colour, role: role, theme: name)
            }
        }
    }
}
