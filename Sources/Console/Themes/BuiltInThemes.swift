package import ConfigurationFiles
package import Terminal

/// The themes that are compiled in, from `themes/` at the root of the package.
package enum BuiltInThemes {
    /// Their documents, in alphabetical order.
    package static func documents() throws(FileError) -> [ThemeDocument] {
        var documents: [ThemeDocument] = []
        for (name, octets) in files {
            documents.append(try ThemeFile.read(String(decoding: octets, as: UTF8.self), file: "themes/\(name).yaml"))
        }
        return documents
    }

    /// One of them.
    package static func theme(named name: String) throws -> Theme {
        try Theme.resolve(name, from: try documents())
    }

    private static let files: [(name: String, octets: [UInt8])] = [
        ("dark", PackageResources.dark_yaml), ("default", PackageResources.default_yaml),
        ("deuteranopia", PackageResources.deuteranopia_yaml),
        ("high-contrast", PackageResources.high_contrast_yaml), ("light", PackageResources.light_yaml),
        ("mono", PackageResources.mono_yaml),
    ]
}
