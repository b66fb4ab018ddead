import ConfigurationFiles
import Demo
import Foundation
import IPsec
import Testing

/// Files that are well-formed, and that no network can play.
@Suite("What cannot be played")
struct UnplayableTests {
    /// Begins figure 10 with a piece replaced.
    private func play(
        _ piece: String, as replacement: String, options: DemoOptions = Played.options
    ) async throws {
        var scenario = try Played.figure10([(piece, replacement)])
        scenario.apply(options)
        try await DemoNetwork(scenario, options: options, logger: Played.silence).run {}
    }

    @Test(
        "an association that a node does not take is named, with the node and what to do", .timeLimit(.minutes(1)),
        arguments: [
            (
                "[127.10.0.3]", "[127.10.0.3], capacity: 1",
                "the association \"down\" cannot be in force at SG1, which has a capacity of 1. "
                    + "Raise the capacity of SG1 under nodes:, or take associations out"
            ),
            (
                "[127.10.0.3]", "[127.10.0.3], algorithms: [aes-gcm-16-128]",
                "the association \"up\" cannot be in force at SG1: no aes-gcm-16-256 here. "
                    + "Correct its algorithms and limits, or those of SG1 under nodes:"
            ),
        ])
    func refused(piece: String, replacement: String, sentence: String) async throws {
        let failure = await #expect(throws: DemoFailure.self) { try await play(piece, as: replacement) }
        #expect(failure?.description == sentence)
    }

    @Test("algorithms that were asked for beside the file are refused in the same way", .timeLimit(.minutes(1)))
    func otherSuite() async throws {
        var options = Played.options
        options.suite = AlgorithmSuite(name: "aes-gcm-16-128")
        let failure = await #expect(throws: DemoFailure.self) {
            try await play("[127.10.0.1]", as: "[127.10.0.1], algorithms: [aes-gcm-16-256]", options: options)
        }
        #expect(failure?.description.hasPrefix("the association \"up\" cannot be in force at MN: ") == true)
    }

    @Test("keys that cannot be written are told", .timeLimit(.minutes(1)))
    func keys() async throws {
        var options = Played.options
        options.espKeys = "/nowhere/esp_sa"
        let failure = await #expect(throws: DemoFailure.self) { try await play("RN", as: "RN", options: options) }
        #expect(failure?.description.hasPrefix("the keys cannot be written: ") == true)
    }

    @Test(
        "policies and associations may have any name", .timeLimit(.minutes(1)), arguments: ["other-in", "up-in", "in"])
    func names(name: String) async throws {
        let selectors = "[{source: 192.0.2.1, destination: 192.0.2.2}]"
        let policy = "{name: \(name), direction: in, action: bypass, selectors: \(selectors)}"
        try await play("traffic:", as: "policies: [\(policy)]\ntraffic:")
        try await play("name: up,", as: "name: other,")
    }
}
