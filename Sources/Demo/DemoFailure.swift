package import ForwardingPath
package import IPsec

/// Why a scenario whose file is well-formed cannot be played.
package enum DemoFailure: Error, Equatable, Sendable {
    /// A node does not take an SA of the file.
    case association(String, at: NodeName, StackError)
    /// A node does not take the policies of the file.
    case policies(at: NodeName, StackError)
    /// The ends of an SA or of a flow have different realms, and nothing here translates addresses.
    case realms(of: String, from: NodeName, to: NodeName)
    /// The key table cannot be written.
    case keyTable(StackError)
}

extension DemoFailure: CustomStringConvertible {
    /// What, where, and what to do: without a full stop at its end.
    package var description: String {
        switch self {
        case .association(let name, let node, .unsupported(_, let lacking)):
            "the association \"\(name)\" cannot be in force at \(node): \(lacking). "
                + "Correct its algorithms and limits, or those of \(node) under nodes:"
        case .association(let name, let node, .full(let capacity)):
            "the association \"\(name)\" cannot be in force at \(node), which has a capacity of \(capacity). "
                + "Raise the capacity of \(node) under nodes:, or take associations out"
        case .association(let name, let node, let error):
            "the association \"\(name)\" cannot be in force at \(node): \(error)"
        case .policies(let node, let error):
            "the policies of \(node) cannot be in force: \(error)"
        case .realms(let what, let from, let to):
            "\(what) cannot work: \(from) and \(to) are in different realms. Put them into one"
        case .keyTable(let error):
            "the keys cannot be written: \(error)"
        }
    }
}
