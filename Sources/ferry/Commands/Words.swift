import ArgumentParser
import ConfigurationFiles
import ForwardingPath

extension NodeName: ExpressibleByArgument {
    /// A name of 1 to 63 letters, digits, `-`, `_` and `.`.
    package init?(argument: String) { self.init(argument) }
}

extension Plane: ExpressibleByArgument {
    /// Its word.
    package init?(argument: String) { self.init(rawValue: argument) }
    /// The words.
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension ApprovalPolicy: ExpressibleByArgument {
    /// Its word.
    package init?(argument: String) { self.init(rawValue: argument) }
    /// The words.
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension SPIConflictPolicy: ExpressibleByArgument {
    /// Its word.
    package init?(argument: String) { self.init(rawValue: argument) }
    /// The words.
    package static var allValueStrings: [String] { allCases.map(\.rawValue) }
}

extension GatewayAddress: ExpressibleByArgument {
    /// From `HOST:PORT` or an absolute path.
    package init?(argument: String) { self.init(argument) }
}
