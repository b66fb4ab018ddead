import ForwardingPath

/// What names in files look like: as node names do.
enum NameRule {
    static func allows(_ text: String) -> Bool { NodeName(text[...]) != nil }
}
