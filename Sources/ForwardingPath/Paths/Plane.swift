/// What a forwarding path carries (draft section 4, "FP"); the raw value is its word in files.
package enum Plane: String, Hashable, Sendable, CaseIterable {
    /// RN is the correspondent node.
    case data
    /// RN is what MN exchanges control messages with.
    case control
    case management
}
