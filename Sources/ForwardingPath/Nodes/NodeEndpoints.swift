/// Where a node's daemon is reached, as far as the network file says.
package struct NodeEndpoints: Hashable, Sendable {
    /// For other routers.
    package var cxtp: Endpoint?
    /// For consoles.
    package var api: Endpoint?

    /// From what is known.
    package init(cxtp: Endpoint? = nil, api: Endpoint? = nil) {
        (self.cxtp, self.api) = (cxtp, api)
    }
}
