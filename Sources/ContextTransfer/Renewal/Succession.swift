package import IPsec

/// One SA in the place of another: key management at a gateway renewed an SA that had moved away from there.
package struct Succession: Hashable, Sendable {
    package let new: SAIdentifier
    /// Where the new one is to go to.
    package let old: SAIdentifier

    package init(new: SAIdentifier, old: SAIdentifier) { (self.new, self.old) = (new, old) }
}
