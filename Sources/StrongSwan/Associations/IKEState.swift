/// How far an IKE SA is, in charon's word: an open set, so that a newer charon's word is shown as it is.
package struct IKEState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// Negotiating.
    package static let connecting = IKEState(rawValue: "CONNECTING")
    /// In use.
    package static let established = IKEState(rawValue: "ESTABLISHED")
    /// A new IKE SA is being negotiated in its place.
    package static let rekeying = IKEState(rawValue: "REKEYING")
    /// A new one has taken its place.
    package static let rekeyed = IKEState(rawValue: "REKEYED")
    /// Told the other end that it ends.
    package static let deleting = IKEState(rawValue: "DELETING")
}
