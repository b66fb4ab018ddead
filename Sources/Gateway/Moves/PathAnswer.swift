package import ForwardingPath

/// What a new router says when it is asked to set a path up.
package enum PathAnswer: Hashable, Sendable {
    /// The new path, from MN to RN.
    case found([NodeName])
    /// Why not: a sentence without full stop.
    case refused(String)
}
