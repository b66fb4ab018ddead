package import ContextTransfer
package import ForwardingPath

/// What is told of CXTP messages that were sent for one envelope: sizes, and never their contents.
package struct SentMessage: Hashable, Sendable {
    package let id: MoveID
    package let from: NodeName
    package let to: NodeName
    /// How many messages carried it.
    package let messages: Int
    /// Of all of them in octets, headers included.
    package let octets: Int
    /// How many SAs' static contexts it carries.
    package let staticContexts: Int
    /// How many SAs' dynamic contexts it carries.
    package let dynamicContexts: Int
    /// Of its blocks after the one that says which move it is about, in octets.
    package let contextOctets: Int
    /// Whether it asks, or tells, what a plan is made of: it belongs to no move.
    package var isForPlan = false
}
