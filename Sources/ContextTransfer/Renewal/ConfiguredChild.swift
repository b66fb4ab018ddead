/// A child SA as IKE daemons are configured for it: what both gateways call it is the same.
package struct ConfiguredChild: Hashable, Sendable {
    package let connection: String
    package let child: String

    package init(connection: String, child: String) { (self.connection, self.child) = (connection, child) }
}
