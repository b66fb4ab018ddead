import ArgumentParser

/// How a command prints what it found.
package enum OutputFormat: String, Hashable, Sendable, ExpressibleByArgument, CaseIterable {
    /// For people.
    case table
    /// For programs: one line.
    case json
    /// For spreadsheets (RFC 4180).
    case csv
}
