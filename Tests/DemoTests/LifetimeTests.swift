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
        let options = Played.options
        let lifetime = "lifetime: {soft: {packets: 100}, hard: {packets: 10000}}"
        var scenario = try Played.figure10([
            ("encryption: aes-gcm-16-256", "encryption: aes-gcm-16-256, \(lifetime)"),
            ("traffic:", "timeline: [{after: 2s, path: {plane: data}}]\ntraffic:"),
        ])
        scenario.apply(options)
        let network = try DemoNetwork(scenario, options: options, logger: Played.silence)
        let (report, told) = try await network.run { [options] in
            let report = try await HeadlessRun(network, options: options).play()
            return (report, try await network.snapshot(of: "SG1")?.events ?? [])
        }
        for flow in report.traffic {
            #expect(flow.sent > 20 && flow.lost == 0 && flow.duplicated == 0, "\(flow.sent) sent, \(flow.lost) lost")
        }
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
