import ArgumentParser

/// How `ferry watch` writes a line.
package enum WatchFormat: String, Hashable, Sendable, CaseIterable, ExpressibleByArgument {
    /// For people.
    case text
    /// A JSON object.
    case json
}
