import ArgumentParser

/// How a command prints what it found.
package enum OutputFormat: String, Hashable, Sendable, ExpressibleByArgument, CaseIterable {
    case table
    case json
    case csv
}
