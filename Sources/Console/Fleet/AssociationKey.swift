package import IPsec

/// What names one SA at one gateway.
package struct AssociationKey: Hashable, Sendable {
    /// Where it is.
    package let gateway: GatewayLabel
    /// Which one of those there.
    package let identifier: SAIdentifier
}
