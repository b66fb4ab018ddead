package import ForwardingPath

/// An SA as a planner knows it: what a gateway told of it, and which one did. No key.
package struct KnownAssociation: Hashable, Sendable {
    package let place: NodeName
    package let summary: AssociationSummary
    /// The gateway that told of its other end; `nil` where none did, and the network says whose address it is.
    package var farPlace: NodeName?
    /// The size of its contexts at that gateway, where it told so.
    package var farContextOctets: UInt32?

    package init(_ summary: AssociationSummary, at place: NodeName, farPlace: NodeName? = nil) {
        (self.summary, self.place, self.farPlace) = (summary, place, farPlace)
    }

    /// The operator's name for it.
    package var name: String { summary.offer.name }
}
