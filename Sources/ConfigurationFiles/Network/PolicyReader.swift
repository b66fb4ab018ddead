import ForwardingPath
import IPsec

/// Reads the operator's policies of a network file.
struct PolicyReader {
    private static let keys = ["name", "nodes", "direction", "action", "selectors", "association"]

    let names: KnownNodes
    let associations: [AssociationEntry]

    /// The names of the SAs that policies of the operator use.
    static func protectingAssociations(_ list: YAMLValue?) throws(FileError) -> Set<String> {
        var names: Set<String> = []
        for item in try list?.items() ?? [] {
            if let name = try item.mapping(keys: keys)["association"] { names.insert(try name.name()) }
        }
        return names
    }

    func read(_ list: YAMLValue?) throws(FileError) -> [PolicyEntry] {
        var policies: [PolicyEntry] = []
        var seen: Set<String> = []
        for item in try list?.items() ?? [] {
            let policy = try policy(item)
            guard seen.insert(policy.name).inserted else {
                throw item.error("the policy \"\(policy.name)\" is there twice", fix: "Give each policy its own name.")
            }
            policies.append(policy)
        }
        return policies
    }

    private func policy(_ value: YAMLValue) throws(FileError) -> PolicyEntry {
        let map = try value.mapping(keys: Self.keys)
        let actions = PolicyAction.allCases.map { ($0.name, $0) }
        let directions = Direction.allCases.map { ($0.name, $0) }
        let action = try map.required("action", example: "bypass").word(called: "action", among: actions)
        let nodes: [NodeName]? = if let value = map["nodes"] { try names.list(value) } else { nil }
        return PolicyEntry(
            name: try map.required("name", example: "allow-ike").name(),
            nodes: nodes,
            direction: try map.required("direction", example: "in").word(called: "direction", among: directions),
            selectors: try SelectorReader.read(
                try map.required("selectors", example: "[{source: 0.0.0.0/0, destination: 0.0.0.0/0}]")),
            action: action,
            association: try association(map, action))
    }

    private func association(_ map: YAMLMapping, _ action: PolicyAction) throws(FileError) -> String? {
        guard action == .protect else {
            guard let unused = map["association"] else { return nil }
            throw unused.error(
                "\(unused.path) is given, and the action is \(action.name)",
                fix: "Take it out, or make the action protect.")
        }
        let value = try map.required("association", example: associations.first?.name ?? "up")
        let name = try value.name()
        guard associations.contains(where: { $0.name == name }) else {
            throw value.unknownAssociation(name, known: associations.map(\.name))
        }
        return name
    }
}

extension YAMLValue {
    /// The error for the name of an SA that the file does not have.
    func unknownAssociation(_ name: String, known: [String]) -> FileError {
        let hint = Suggestion(for: name, among: known).map { "Did you mean \"\($0.word)\"? " } ?? ""
        let list = known.isEmpty ? "the file has none" : "known ones are \(WordList(known))"
        return error(
            "unknown association \(QuotedText(name))\(inPath); \(list)",
            fix: "\(hint)Add it under associations: or correct the name.")
    }
}
