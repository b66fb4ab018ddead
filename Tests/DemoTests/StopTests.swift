import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import Testing

@Suite("A daemon that stops in order")
struct StopTests {
    @Test("it waits until no SA is between it and another gateway", .timeLimit(.minutes(1)))
    func waits() async throws {
        let network = try Played.network(Played.options)
        let (quiesced, quiescing) = AsyncStream.makeStream(of: Void.self)
        network.onMoveEvent { event, place in
            if case .quiesced = event.kind, place == "SG1" { quiescing.yield() }
        }
        try await network.run {
            let holder = try #require(network.daemons["SG1"])
            _ = try await holder.move(
                MoveOrder(selection: MoveSelection(names: ["up", "down"])), by: Caller(name: "test", role: .operator))
            for await _ in quiesced { break }
            await holder.finishMoves()
            for name in ["up", "down"] { #expect(try await network.places(of: name) == ["SG2"]) }
        }
    }
}
