import ConfigurationFiles
import Demo
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import Testing

@Suite("Traces and plans of a network that moves", .serialized, .timeLimit(.minutes(1)))
struct TraceTests {
    @Test("the ladder tells every step in its order, and no key of the SAs")
    func ladder() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "ferry-trace-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        var options = Played.options
        options.espKeys = file.path
        let network = try Played.network(options)
        let told = try await network.run { [options] in
            _ = try await HeadlessRun(network, options: options).play()
            var told: [NodeName: [TracedMessage]] = [:]
            for (node, daemon) in network.gateways { told[node] = await daemon.trace(nil) }
            return told
        }
        let all = [TracedMessage].ladder(told)
        #expect(told.values.joined().count == 2 * all.count, "each message is told by its sender and its receiver")
        // Questions before the move are of none.
        let ladder = all.filter { !["survey", "surveyed"].contains($0.name) }
        #expect(ladder.count < all.count)
        #expect(Set(ladder.map(\.move)).count == 1)
        let steps = ladder.map { "\($0.from) \($0.name) \($0.to)" }
        let order = [
            "SG1 request PR", "PR query NR", "NR query SG2", "SG2 answer NR", "PR collect SG1", "SG1 collected PR",
            "NR prepare SG2", "PR quiesce SG1", "SG1 transfer PR", "NR transfer SG2", "SG2 settled NR",
            "SG2 released NR",
        ]
        let places = order.compactMap { steps.firstIndex(of: $0) }
        #expect(places.count == order.count && places == places.sorted(), "\(steps)")
        let text = told.values.joined().map { "\($0)" }.joined().lowercased()
        let table = try String(contentsOf: file, encoding: .utf8).lowercased()
        let keys = table.matches(of: /0x([0-9a-f]{32,})/).map { String($0.output.1) }
        #expect(keys.count == 2)
        for key in keys { #expect(!text.contains(key.prefix(16)) && !text.contains(key.suffix(16))) }
    }

    @Test("a plan says how much has to cross, and how long the pause may be: as it was, and before that an estimate")
    func totals() async throws {
        let network = try Played.network(Played.options)
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            let before = try await holder.plan(MoveSelection())
            #expect(before.isPauseEstimated && before.expectedPause.map { $0 > .zero && $0 < .seconds(2) } == true)
            #expect(
                before.associations.map(\.told)
                    == Array(repeating: "nothing: the gateway's address and the SPI stay", count: 2))
            _ = try await HeadlessRun(network, options: Played.options).play()
            let after = try await holder.plan(MoveSelection())
            #expect(!after.isPauseEstimated)
            #expect(after.expectedPause.map { $0 > .zero && $0 < .seconds(2) } == true)
            // What the move itself then carried.
            let carried = await holder.trace(nil).filter { ["collected", "transfer"].contains($0.name) }
            let octets = carried.reduce(0) { $0 + $1.octets }
            let planned = Int(try #require(before.contextOctets))
            #expect(planned < octets && planned > octets - 300)
        }
    }
}
