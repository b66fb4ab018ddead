/// What charon knows of one of the kernel's SAs.
package struct AssociationName: Hashable, Sendable {
    /// The child's configured name with `-in` or `-out`, for example `home-in`: the SA's name for an operator.
    package let name: String
    /// The identity of the user at the far end; empty before charon knows it.
    package let user: String
    /// The IKE SA that it was negotiated by.
    package let ike: IKEAssociation.ID
    /// The child SA that it is one half of.
    package let child: ChildAssociation.ID
    /// By which its policies in the kernel name it.
    package let requestID: UInt32?
}
