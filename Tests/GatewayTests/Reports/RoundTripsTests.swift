import ContextTransfer
import ForwardingPath
import Gateway
import Testing

@Suite("Round trips, and the pause that they let expect")
struct RoundTripsTests {
    private static let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")

    private static func measured(_ times: [NodeName: Int]) -> RoundTrips {
        var roundTrips = RoundTrips()
        for (node, time) in times { roundTrips.take(.milliseconds(time), of: node) }
        return roundTrips
    }

    @Test("the pause is the way there and back, hop by hop")
    func whole() {
        let roundTrips = Self.measured(["PR": 1, "NR": 10, "SG2": 12])
        // SG1 to PR; PR to NR, as far as from here to NR; NR to SG2, as far as from here to SG2.
        #expect(roundTrips.pause(of: Self.route, from: "SG1") == .milliseconds(23))
    }

    @Test("a node that plays two roles is no hop")
    func collocated() {
        let route = MoveRoute(holder: "PR", source: "PR", target: "NR", taker: "NR")
        #expect(Self.measured(["NR": 10]).pause(of: route, from: "PR") == .milliseconds(10))
    }

    @Test("where one has not answered nothing is known")
    func silent() {
        #expect(Self.measured(["PR": 1, "NR": 10]).pause(of: Self.route, from: "SG1") == nil)
    }

    @Test("the shortest of the last eight counts")
    func samples() {
        var roundTrips = Self.measured(["PR": 1])
        #expect(roundTrips["NR"] == nil)
        for time in 2...8 { roundTrips.take(.milliseconds(time), of: "PR") }
        #expect(roundTrips["PR"] == .milliseconds(1))
        roundTrips.take(.milliseconds(9), of: "PR")
        #expect(roundTrips["PR"] == .milliseconds(2))
    }
}
