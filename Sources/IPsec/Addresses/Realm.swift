/// The addressing realm that an address belongs to, so that private addresses may overlap (draft section 6.6).
package struct Realm: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The realm's name; empty for the default realm. At most 255 octets of UTF-8.
    package let name: String

    /// The realm of that name; `nil` when the name is longer than 255 octets.
    package init?(_ name: String) {
        guard name.utf8.count <= 255 else { return nil }
        self.name = name
    }

    /// The realm of every address that names none.
    package static let `default` = Realm(unchecked: "")

    package static func < (left: Realm, right: Realm) -> Bool { left.name < right.name }
    package var description: String { name.isEmpty ? "default" : name }

    private init(unchecked name: String) { self.name = name }
}
