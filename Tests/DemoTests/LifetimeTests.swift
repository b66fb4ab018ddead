import ConfigurationFiles
import Demo
import ForwardingPath
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("Lifetimes")
struct LifetimeTests {
    @Test(
        "SAs that reach their soft lifetime are negotiated anew by their sender, and no packet is lost",
        .timeLimit(.minutes(1)))
    func renewed() async throws {
        var options = Played.options
        options.moves = 0
        var scenario = try ScenarioLibrary.scenario("figure-10")
        for index in scenario.network.associations.indices {
            scenario.network.associations[index].softLifetime = Lifetime(packets: 20)
            scenario.network.associations[index].hardLifetime = Lifetime(packets: 1_000)
        }
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: Played.silence)
        let (report, told) = try await network.run { [options] in
            let report = try await HeadlessRun(network, options: options).play()
            return (report, try await network.snapshot(of: "SG1")?.events ?? [])
        }
        #expect(report.traffic.allSatisfy { $0.sent > 50 && $0.lost == 0 && $0.duplicated == 0 })
        for association in report.associations {
            #expect(association.at == ["SG1"] && !association.isDoubled, "\(association.name)")
            #expect(association.after != association.before, "\(association.name)")
        }
        let words = told.filter { $0.kind == .renegotiation }.map(\.text)
        #expect(words.contains { $0.contains("reached its soft lifetime: renegotiation was asked for") })
        #expect(words.contains { $0.hasPrefix("renegotiated with MN: ") }, "\(words)")
        #expect(!words.contains { $0.contains("were not renegotiated") }, "\(words)")
    }
}
