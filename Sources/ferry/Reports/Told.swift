package import ForwardingPath

/// Something, and the gateway that told it.
package struct Told<Thing: Sendable>: Sendable {
    /// The node that told it.
    package let gateway: NodeName
    /// What it told.
    package let thing: Thing

    /// From its parts.
    package init(_ thing: Thing, by gateway: NodeName) {
        (self.thing, self.gateway) = (thing, gateway)
    }
}

extension Told: Equatable where Thing: Equatable {}
