import ForwardingPath

/// Reads the keys that a scenario adds to those of a network.
struct ScenarioReader {
    private let top: YAMLMapping
    private let network: NetworkFile
    private let names: KnownNodes

    init(_ top: YAMLMapping, network: NetworkFile) {
        self.top = top
        self.network = network
        names = KnownNodes(network.network.nodes.map(\.name))
    }

    func read() throws(FileError) -> ScenarioFile {
        let timeline = try timeline()
        return ScenarioFile(
            network: network, description: try top["description"]?.text(), watch: try top["watch"]?.text(),
            traffic: try TrafficReader(network: network.network, names: names).read(top["traffic"]), timeline: timeline,
            spiConflict: try top["spi-conflict"]?.choice(SPIConflictPolicy.self, called: "answer"),
            approval: try top["approval"]?.choice(ApprovalPolicy.self, called: "approval"),
            expectation: try ExpectationReader(network: network, timeline: timeline, names: names).read(top["expect"]))
    }

    private func timeline() throws(FileError) -> [TimelineStep] {
        var steps: [TimelineStep] = []
        var paths = network.network
        for item in try top["timeline"]?.items() ?? [] {
            let map = try item.mapping(keys: TimelineReader.keys)
            let action: TimelineStep.Action
            if let changed = map["path"], TimelineReader.actions.count(where: { map[$0] != nil }) == 1 {
                let path = try path(changed, in: paths)
                paths = paths.replacing(path)
                action = .path(path)
            } else {
                action = try TimelineReader(network: network, names: names).action(item, map)
            }
            if case .path = action,
                let stray = map["from"] ?? map["to"] ?? map["spi-conflict"] ?? map["upgrade"] ?? map["approval"]
            {
                throw stray.error("\(stray.path) belongs to a move", fix: "Take it out: a path has no such key.")
            }
            var step = TimelineStep(after: try map["after"]?.duration() ?? .zero, action: action)
            step.spiConflict = try map["spi-conflict"]?.choice(SPIConflictPolicy.self, called: "answer")
            step.upgrade = try map["upgrade"]?.boolean() ?? false
            step.approval = try map["approval"]?.choice(ApprovalPolicy.self, called: "approval")
            steps.append(step)
        }
        return steps
    }

    /// The paths of a plane after a step: what the step leaves out stays as it was.
    private func path(_ value: YAMLValue, in network: Network) throws(FileError) -> PathPair {
        let map = try value.mapping(keys: ["plane", "previous", "next"])
        let plane = try map["plane"]?.choice(Plane.self, called: "plane") ?? .data
        let before = network.path(on: plane)
        let previous = try map["previous"].map { value throws(FileError) in try names.path(value) } ?? before?.previous
        guard let previous else {
            throw value.error(
                "the network has no \(plane.rawValue) path that \(value.path) could change",
                fix: "Add `previous:` here, or the path under paths:.")
        }
        let next = try map["next"].map { value throws(FileError) in try names.path(value) } ?? before?.next
        return PathPair(plane: plane, previous: previous, next: next)
    }
}
