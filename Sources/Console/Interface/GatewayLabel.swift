/// What the console calls a gateway by before it knows its node: its address as the user gave it.
package struct GatewayLabel: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address.
    package let text: String

    /// The gateway at an address.
    package init(_ text: String) { self.text = text }

    /// By the text.
    package static func < (left: GatewayLabel, right: GatewayLabel) -> Bool { left.text < right.text }
    /// The text.
    package var description: String { text }
}
