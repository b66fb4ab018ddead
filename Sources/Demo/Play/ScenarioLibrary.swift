package import ConfigurationFiles

/// The scenarios that ship with Ferry.
package enum ScenarioLibrary {
    /// Their names, in the order that a person would play them.
    package static let names = ["figure-10"]

    /// The scenario of that name, or of the file at that path.
    package static func scenario(_ nameOrPath: String) throws(FileError) -> ScenarioFile {
        guard let text = text(nameOrPath) else { return try ScenarioFile.load(nameOrPath) }
        return try ScenarioFile.read(text, file: "\(nameOrPath).yaml")
    }

    private static func text(_ name: String) -> String? {
        switch name {
        case "figure-10": String(decoding: PackageResources.figure_10_yaml, as: UTF8.self)
        default: nil
        }
    }
}
