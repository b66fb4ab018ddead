/// How far a child SA is, in charon's word: an open set, so that a newer charon's word is shown as it is.
package struct ChildState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// In the kernel, and in use.
    package static let installed = ChildState(rawValue: "INSTALLED")
    /// A new child SA is being negotiated in its place.
    package static let rekeying = ChildState(rawValue: "REKEYING")
    /// A new one has taken its place; the old one is about to be deleted.
    package static let rekeyed = ChildState(rawValue: "REKEYED")
    /// Told the other end that it ends.
    package static let deleting = ChildState(rawValue: "DELETING")
    /// Ended; its inbound SA stays in the kernel some seconds for packets that are under way.
    package static let deleted = ChildState(rawValue: "DELETED")
}
