/// Which part of an envelope a message is, where one message has no room for it.
package struct MovePart: Hashable, Sendable {
    /// From 0.
    package let number: UInt16
    package let isLast: Bool

    package init(number: UInt16, isLast: Bool) { (self.number, self.isLast) = (number, isLast) }
}
