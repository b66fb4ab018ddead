/// One named thing of a section.
package struct ViciElement: Hashable, Sendable {
    /// What is under a name.
    package enum Content: Hashable, Sendable {
        /// Octets; in all that charon sends they are text.
        case value([UInt8])
        /// Unnamed values.
        case list([[UInt8]])
        /// A tree of its own.
        case section(ViciMessage)
    }

    /// At most 255 octets of UTF-8.
    package let name: String
    package let content: Content

    package init(_ name: String, _ content: Content) { (self.name, self.content) = (name, content) }
}

extension ViciElement: CustomStringConvertible {
    /// The form that strongSwan's own tools print.
    package var description: String {
        switch content {
        case .value(let octets): "\(name)=\(String(decoding: octets, as: UTF8.self))"
        case .list(let items): "\(name)=[\(items.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))]"
        case .section(let section): "\(name) \(section)"
        }
    }
}
