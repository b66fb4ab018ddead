import ConfigurationFiles
import Demo
import ForwardingPath
import GatewayAPI
import IPsec
import Testing

@Suite("Lifetimes")
struct LifetimeTests {
    @Test("an SA that reaches its lifetimes is told to the operator, first soft and then hard", .timeLimit(.minutes(1)))
    func reached() async throws {
        var scenario = try ScenarioLibrary.scenario("figure-10")
        let up = try #require(scenario.network.associations.firstIndex { $0.name == "up" })
        scenario.network.associations[up].softLifetime = Lifetime(packets: 20)
        scenario.network.associations[up].hardLifetime = Lifetime(packets: 60)
        scenario.apply(Played.options)
        let network = try DemoNetwork(scenario, options: Played.options, logger: Played.silence)
        let told = try await network.run {
            try await withThrowingTaskGroup(of: [ReportedEvent]?.self) { group in
                group.addTask {
                    await network.sendTraffic()
                    return nil
                }
                group.addTask {
                    while true {
                        let events = try await network.snapshot(of: "SG1")?.events ?? []
                        if events.contains(where: { $0.action == "end" }) { return events }
                        try await Task.sleep(for: .milliseconds(10))
                    }
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        }
        let words = (told ?? []).filter { $0.kind != .log }.map { "\($0.kind): \($0.text)" }
        #expect(
            words == [
                "renegotiation: 0x00001001 at SG1 reached its soft lifetime: renegotiation was asked for",
                "alarm: 0x00001001 ended at SG1: its hard lifetime is reached",
            ])
    }
}
