package import ForwardingPath

/// A network with traffic, a timeline and what is expected: what `ferry demo` plays.
///
/// A network file alone is a scenario too: traffic both ways between the ends of the data path, one move of all that
/// the plan moves, and nothing lost.
///
/// ```yaml
/// description: MN changes from PR to NR.
/// watch: the counters at SG1 stop and go on at SG2.
/// traffic:
///   - {from: MN, to: RN, rate: 1000, size: 200}
/// timeline:
///   - {path: {plane: data, next: [MN, NR, SG2, G, RN]}}
///   - {after: 500ms, move: [up, down], from: SG1, to: SG2}
/// approval: both
/// expect:
///   outcome: completed
///   lost: 0
///   associations: [{name: up, type: 5, action: move, outcome: moved, at: SG2}]
/// ```
package struct ScenarioFile: Hashable, Sendable {
    /// The network that it is played on.
    package var network: NetworkFile
    /// What the scenario is about.
    package let description: String?
    /// What to look at while it plays.
    package let watch: String?
    /// In the order of the file.
    package var traffic: [TrafficFlow]
    /// Empty: everything that the plan moves, at once.
    package let timeline: [TimelineStep]
    /// What each gateway answers where an SPI is in use; `nil`: it denies.
    package let spiConflict: SPIConflictPolicy?
    /// `nil`: whoever plays it decides.
    package let approval: ApprovalPolicy?
    /// What it must end as.
    package let expectation: Expectation

    /// The keys that a scenario adds to those of a network.
    private static let keys = ["description", "watch", "traffic", "timeline", "spi-conflict", "approval", "expect"]

    /// The scenario's name: its network's.
    package var name: String { network.name }

    /// Reads a scenario's or a network's text.
    package static func read(_ text: String, file: String) throws(FileError) -> ScenarioFile {
        let top = try YAMLDocument.parse(text, file: file).mapping(keys: NetworkFile.keys + keys)
        return try ScenarioReader(top, network: try NetworkReader(top).read()).read()
    }

    /// Reads the scenario or network file at `path`.
    package static func load(_ path: String) throws(FileError) -> ScenarioFile {
        try read(try TextFile.read(path), file: path)
    }
}
