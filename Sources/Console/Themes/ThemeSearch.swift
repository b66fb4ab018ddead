package import ConfigurationFiles
import Glibc
package import Terminal

/// Finds the theme that `--theme NAME|FILE` or the configuration names: a file, one of a person's or the system's own
/// themes, or one that is compiled in.
package struct ThemeSearch {
    private let search: ConfigurationSearch

    /// A search in these directories.
    package init(_ search: ConfigurationSearch) { self.search = search }

    /// The theme; its file is read, and the files that it inherits from.
    ///
    /// Throws ``FileError`` for a file that cannot be read, ``ThemeError`` for a theme that does not exist or does not
    /// hang together.
    package func theme(_ asked: String) throws -> Theme {
        var documents = try BuiltInThemes.documents()
        let isPath = asked.contains("/") || asked.hasSuffix(".yaml")
        var name = asked
        if isPath {
            let document = try ThemeFile.load(asked)
            documents.append(document)
            name = document.name
        }
        // Own files may inherit own files; the ones that are compiled in end every chain.
        var (wanted, seen): (String?, Set<String>) = (name, [])
        while let current = wanted, seen.insert(current).inserted {
            if !(isPath && current == name), let own = try ownFile(current) { documents.append(own) }
            wanted = documents.last { $0.name == current }?.inherits
        }
        return try Theme.resolve(name, from: documents)
    }

    /// A person's or the system's file for a theme of that name.
    private func ownFile(_ name: String) throws(FileError) -> ThemeDocument? {
        for path in search.data("themes/\(name).yaml") where access(path, F_OK) == 0 {
            return try ThemeFile.load(path)
        }
        return nil
    }
}
