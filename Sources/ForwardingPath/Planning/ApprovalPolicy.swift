/// Who must agree before a move begins; the raw value is its word in files.
package enum ApprovalPolicy: String, Hashable, Sendable, CaseIterable {
    /// Nobody.
    case automatic
    /// An operator at the gateways that give.
    case source
    /// An operator at the gateways that take.
    case target
    case both
}
