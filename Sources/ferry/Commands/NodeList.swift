import ArgumentParser
import ForwardingPath

/// Names of nodes with commas between them.
struct NodeList: ExpressibleByArgument {
    let nodes: [NodeName]

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false).map { NodeName($0) }
        nodes = names.compactMap(\.self)
        guard nodes.count == names.count else { return nil }
    }
}
