import ForwardingPath

/// Reads what a step of a timeline does, where it is no change of paths.
struct TimelineReader {
    /// What a step may do, one of them each.
    static let actions = ["move", "path", "drain", "activate", "request", "seek"]
    static let keys =
        ["after", "from", "to", "at", "via", "by", "token", "plane", "spi-conflict", "upgrade", "approval"] + actions

    let network: NetworkFile
    let names: KnownNodes

    func action(_ item: YAMLValue, _ map: YAMLMapping) throws(FileError) -> TimelineStep.Action {
        let given = Self.actions.filter { map[$0] != nil }
        guard given.count == 1, let word = given.first, let value = map[word] else {
            throw item.error(
                "\(item.path) needs one of move, path, drain, activate, request and seek, and only one",
                fix: "Write it like `{after: 500ms, move: [up, down], from: SG1, to: SG2}`.")
        }
        switch word {
        case "drain":
            let to = try map["to"].map { value throws(FileError) in try names.list(value) }
            return .drain(try names.node(value), to: to ?? [])
        case "activate":
            return .activate(
                try names.node(value), via: try names.node(try map.required("via", example: "NR")),
                try map["token"]?.choice(TokenTampering.self, called: "token"))
        case "request":
            return .request(try names.node(value), by: try names.node(try map.required("by", example: "NR")))
        case "seek":
            return .seek(
                try map["plane"]?.choice(Plane.self, called: "plane") ?? .data, of: try names.node(value),
                via: try names.node(try map.required("via", example: "PR")))
        default:
            if let leader = map["at"] { return .lead(try associations(value), by: try names.node(leader)) }
            let from = try map["from"].map { value throws(FileError) in try names.node(value) }
            let to = try map["to"].map { value throws(FileError) in try names.node(value) }
            return .move(try associations(value), from: from, to: to)
        }
    }

    private func associations(_ value: YAMLValue) throws(FileError) -> [String] {
        var moved: [String] = []
        for item in value.isList ? try value.items() : [value] {
            let name = try item.name()
            let named = network.associations(named: name)
            guard !named.isEmpty else {
                throw item.unknownAssociation(name, known: network.associations.map(\.name))
            }
            moved += named.map(\.name)
        }
        guard !moved.isEmpty else {
            throw value.error("\(value.path) is empty", fix: "Name the associations to move.")
        }
        return moved
    }
}
