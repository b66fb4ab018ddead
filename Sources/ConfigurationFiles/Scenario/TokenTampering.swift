/// What is wrong with a mobile node's request, on purpose; the raw value is its word in files.
package enum TokenTampering: String, Hashable, Sendable, CaseIterable {
    /// Its token is not the one that the mobile node would make.
    case forged
    /// It is the last one again.
    case replayed
}
