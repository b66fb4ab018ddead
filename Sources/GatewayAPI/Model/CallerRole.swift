/// What a certificate lets its holder do at the API; the raw value is its word.
package enum CallerRole: String, Hashable, Sendable, CaseIterable {
    /// May look.
    case viewer
    /// May also move, approve, deny, abort and let a stepping move proceed.
    case `operator`
}
