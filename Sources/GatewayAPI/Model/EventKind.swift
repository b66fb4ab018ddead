/// What an event is about; the raw value is its word.
package enum EventKind: String, Hashable, Sendable, CaseIterable {
    /// Somebody did, or tried, something.
    case audit
    /// An operator has to know.
    case alarm
    /// The gateway's own doings.
    case log
    /// The key management was asked to negotiate SAs anew.
    case renegotiation
}
