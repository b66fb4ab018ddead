import ConfigurationFiles
import ContextTransfer
import Demo
import ForwardingPath
import Testing

/// Scenarios on the network of figure 10 that are more than one move of one gateway.
@Suite("Scenarios with several gateways, steps and ends", .serialized, .timeLimit(.minutes(1)))
struct StoryTests {
    private static func play(_ rest: String, moves: Int = 1) async throws -> (report: DemoReport, differences: [String])
    {
        let text = """
            name: story
            nodes:
              MN:  {role: mobile-node,      addresses: [127.10.0.1]}
              PR:  {role: access-router,    addresses: [127.10.0.2]}
              SG1: {role: security-gateway, addresses: [127.10.0.3]}
              NR:  {role: access-router,    addresses: [127.10.0.4]}
              SG2: {role: security-gateway, addresses: [127.10.0.5]}
              G:   {role: router,           addresses: [127.10.0.6]}
              RN:  {role: remote-node,      addresses: [127.10.0.7]}
            \(rest)
            """
        var scenario = try ScenarioFile.read(text, file: "story.yaml")
        var options = Played.options
        options.moves = moves
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: Played.silence)
        let report = try await network.run { [options] in try await HeadlessRun(network, options: options).play() }
        return (report, report.differences(from: scenario.expectation, moves: moves))
    }

    private static let paths = """
        paths:
          data:
            previous: [MN, PR, SG1, G, RN]
            next:     [MN, NR, SG2, G, RN]
        """
    private static func association(_ name: String, _ from: String, _ to: String, _ spi: String, _ rest: String = "")
        -> String
    {
        "  - {name: \(name), plane: data, from: \(from), to: \(to), protocol: esp, mode: tunnel, spi: \(spi),"
            + " encryption: aes-gcm-16-256\(rest)}"
    }

    @Test("SAs at two gateways of the path move one after the other, and then the paths turn", arguments: [1, 2])
    func twoHolders(moves: Int) async throws {
        let (report, differences) = try await Self.play(
            """
            \(Self.paths)
            associations:
            \(Self.association("up", "MN", "SG1", "0x1001"))
            \(Self.association("near", "MN", "PR", "0x1002"))
            expect:
              associations:
                - {name: up,   type: 5, action: move, outcome: moved, at: SG2}
                - {name: near, type: 5, action: move, outcome: moved, at: NR}
            """, moves: moves)
        #expect(differences == [])
        #expect(report.pause.pauses.count == 2 * moves)
    }

    @Test("SAs that stay are told with their type, wherever their ends are")
    func staying() async throws {
        let (report, differences) = try await Self.play(
            """
            \(Self.paths)
            associations:
            \(Self.association("end-to-end", "MN", "RN", "0x1001"))
            \(Self.association("beyond", "G", "RN", "0x1002"))
            expect:
              outcome: nothingToMove
              associations:
                - {name: end-to-end, type: 2, action: none, outcome: unchanged}
                - {name: beyond,     type: 1, action: none, outcome: unchanged, at: G}
            """)
        #expect(differences == [])
        #expect(report.outcome == .nothingToMove)
    }

    @Test("a timeline moves what it says, when it says it, on the paths that it gave")
    func timeline() async throws {
        let (report, differences) = try await Self.play(
            """
            paths:
              data:
                previous: [MN, PR, SG1, G, RN]
            associations:
            \(Self.association("up", "MN", "SG1", "0x1001"))
            \(Self.association("rest", "MN", "SG1", "0x1002"))
            timeline:
              - path: {plane: data, previous: [MN, PR, SG1, G, RN], next: [MN, NR, SG2, G, RN]}
              - {after: 100ms, move: [up]}
            expect:
              associations:
                - {name: up,    type: 5, action: move, outcome: moved,     at: SG2}
                - {name: rest,  type: 5, action: move, outcome: unchanged, at: SG1}
            """)
        #expect(differences == [])
        #expect(report.outcome == .completed)
    }

    @Test("an SA that stays keeps its traffic when another one of its gateway's address leaves")
    func partial() async throws {
        let (report, differences) = try await Self.play(
            """
              RN2: {role: remote-node,      addresses: [127.10.0.8]}
            \(Self.paths)
            associations:
            \(Self.association("up", "MN", "SG1", "0x1001"))
            \(Self.association("rest", "MN", "SG1", "0x1002", Self.toOther))
            traffic:
              - {from: MN, to: RN}
              - {from: MN, to: RN2}
            timeline:
              - {after: 100ms, move: [up]}
              - {after: 300ms, path: {plane: data, previous: [MN, PR, SG1, G, RN], next: [MN, NR, SG2, G, RN]}}
              - {move: [rest]}
            expect:
              associations:
                - {name: up,   outcome: moved, at: SG2}
                - {name: rest, outcome: moved, at: SG2}
            """)
        #expect(differences == [])
        #expect(report.pause.pauses.count == 2)
    }

    private static let toOther = ", selectors: [{source: 127.10.0.1, destination: 127.10.0.8}]"

    @Test("a way back that does not exist is not taken for a move")
    func oneWay() async throws {
        let (_, differences) = try await Self.play(
            """
            \(Self.paths)
            mappings: {SG2: G}
            associations:
            \(Self.association("up", "MN", "SG1", "0x1001"))
            """, moves: 3)
        #expect(differences == ["only 1 of 3 moves were made: after that no gateway had an SA to move"])
    }
}
