/// What the far end of an SA is told when the SA's gateway end has another name (draft sections 6.2 and 7.2).
package struct GatewayUpdate: Hashable, Sendable {
    /// What the SA was called.
    package let identifier: SAIdentifier
    /// What its gateway end is called from now on.
    package let name: GatewayName
    /// How often the SA was renamed, this time included: an older update than the last one is refused.
    package let order: UInt32

    package init(identifier: SAIdentifier, name: GatewayName, order: UInt32) {
        (self.identifier, self.name, self.order) = (identifier, name, order)
    }
}
