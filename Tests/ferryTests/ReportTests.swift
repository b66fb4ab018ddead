import ConfigurationFiles
import Console
import ContextTransfer
import FakeGateways
import Foundation
import ForwardingPath
import GatewayAPI
import IPsec
import Testing
import ferry

@Suite("What ferry get prints")
struct ReportTests {
    private let missed = Missed(address: .socket("/run/x"), failure: .unreachable("nobody\u{9b}there"))

    @Test("SAs as a table, as CSV and as JSON")
    func associations() throws {
        var association = Sample.associations(1)[0]
        association.name = "up"
        association.hardLifetime = Lifetime(seconds: 3_600)
        association.traffic.use.age = .seconds(600)
        association.traffic.counters.packets = 12
        association.traffic.counters.replays = 3
        let report = Report(
            name: "associations", columns: associationColumns, items: [Told(association, by: "SG1")], missed: [missed])
        #expect(
            report.text(.table) == """
                GATEWAY  NAME  SPI         DIRECTION  SOURCE      DESTINATION  PROTOCOL  MODE    SUITE           TYPE  \
                STATE     SEQUENCE  PACKETS  ERRORS  SECONDS LEFT  PEER  MOVE
                SG1      up    0x00001000  in         127.10.0.1  127.10.0.3   esp       tunnel  aes-gcm-16-256  5     \
                in force  9         12       3       3000          MN    -

                """)
        let lines = report.text(.csv).split(separator: "\n")
        #expect(
            lines[0].hasPrefix(
                "gateway,name,user,spi,direction,source,destination,realm,protocol,mode,suite,plane,type,"))
        #expect(
            lines[1].hasPrefix(
                "SG1,up,,0x00001000,in,127.10.0.1,127.10.0.3,,esp,tunnel,aes-gcm-16-256,data,5,in force,"))
        let row = try #require(try rows(report, "associations").first)
        #expect(
            Set(row.keys) == [
                "gateway", "name", "user", "spi", "direction", "source", "destination", "realm", "protocol", "mode",
                "suite", "plane", "type", "state", "sequence", "windowSize", "extendedSequenceNumbers", "packets",
                "bytes",
                "replays", "integrityFailures", "selectorMismatches", "usedSeconds", "usedBytes", "usedPackets",
                "softSeconds", "softBytes", "softPackets", "hardSeconds", "hardBytes", "hardPackets", "pathMTU", "peer",
                "move", "obstacle", "particulars",
            ])
        #expect(row["obstacle"] is NSNull)
        #expect(row["type"] as? Int == 5)
        #expect(row["move"] is NSNull)
    }

    @Test("policies, with their places")
    func policies() throws {
        let wide = TrafficSelector(source: .all(.v4), destination: .all(.v4), nextProtocol: 17)
        let policy = Policy(
            name: "up", direction: .outbound, selectors: [wide], action: .protect, origin: .user("alice"),
            association: Sample.identifier(1))
        let items = [Told(PlacedPolicy(place: 1, policy: policy), by: "SG1")]
        let report = Report(name: "policies", columns: policyColumns, items: items)
        #expect(
            report.text(.table) == """
                GATEWAY  PLACE  NAME  DIRECTION  ACTION   ORIGIN  USER   SPI         SELECTORS
                SG1      1      up    out        protect  user    alice  0x00001001  0.0.0.0/0 → 0.0.0.0/0 proto 17

                """)
        #expect(try rows(report, "policies")[0]["selectors"] as? [String] == [wide.description])
    }

    @Test("paths, with G or the reason why there is none")
    func paths() throws {
        let known = PathPair(plane: .data, previous: ["MN", "PR", "G", "RN"], next: ["MN", "NR", "G", "RN"])
        let other = PathPair(plane: .control, previous: ["MN", "RN"])
        let items = [ReportedPath(known, beside: ["MN-B"]), ReportedPath(other)].map { Told($0, by: "PR") }
        let report = Report(name: "paths", columns: pathColumns, items: items)
        #expect(
            report.text(.csv) == """
                gateway,plane,previous,next,g,reason,beside
                PR,data,MN PR G RN,MN NR G RN,G,,MN-B
                PR,control,MN RN,,,the new control path is not known yet,

                """)
        #expect(try rows(report, "paths")[1]["next"] is NSNull)
    }

    @Test("moves, with their phases and what is missing")
    func moves() throws {
        var move = Sample.move(1, .awaitingApproval([.source]))
        move.pause = .microseconds(1_500)
        move.phases = [
            PhaseProgress(phase: .plan, start: Sample.clock, end: ClockTime(milliseconds: 1_700_000_000_004), done: 2),
            PhaseProgress(phase: .approve, start: Sample.clock),
        ]
        let report = Report(name: "moves", columns: moveColumns, items: [Told(move, by: "PR")])
        #expect(
            report.text(.table) == """
                ID                                NAMES    FROM  TO   STATE             PHASE    OUTCOME  REASON  BY     \
                PAUSE MS
                00000000000000000000000000000001  up down  SG1   SG2  awaitingApproval  approve  -        -       alice  \
                1.5

                """)
        let row = try #require(try rows(report, "moves").first)
        #expect(row["approvalsMissing"] as? [String] == ["PR"])
        #expect(row["pauseMilliseconds"] as? Double == 1.5)
        let phases = try #require(row["phases"] as? [[String: Any]])
        #expect(phases[0]["milliseconds"] as? Int == 4)
        #expect(phases[0]["start"] as? String == "2023-11-14T22:13:20.000Z")
        #expect(phases[1]["milliseconds"] is NSNull)
    }

    @Test("gateways, also those that are not reached")
    func gateways() throws {
        let reading = GatewayReading(
            description: Sample.description(of: "SG1"),
            snapshot: GatewaySnapshot(
                revision: 1, associations: Sample.associations(2),
                moves: [Sample.move, Sample.move(2, .finished(.completed))]), skew: -7)
        let items = [ListedGateway(reading, at: .socket("/run/1")), ListedGateway(missed)]
        let report = Report(name: "gateways", columns: gatewayColumns, items: items, missed: [missed])
        #expect(
            report.text(.table) == """
                ADDRESS  GATEWAY  REACHED  ROLE              STACK      VERSION  SAS  MOVES  SKEW MS  STARTED            \
                       AS      REASON
                /run/1   SG1      yes      security-gateway  userspace  1.0.0    2    1      -7       \
                2023-11-14T22:13:20.000Z  viewer  -
                /run/x   -        no       -                 -          -        -    -      -        -                  \
                       -       nobody\\u{9b}there

                """)
        #expect(try rows(report, "gateways")[1]["gateway"] is NSNull)
    }

    @Test("plans, with all that a file's plan has")
    func plans() throws {
        var entries = Sample.plan.associations
        entries[0].contextOctets = [190]
        let report = Report(
            name: "associations", columns: planColumns, items: entries.map { Told($0, by: "SG1") })
        let row = try #require(try rows(report, "associations").first)
        let move = try #require((row["moves"] as? [[String: Any]])?.first)
        #expect(move["from"] as? String == "SG1" && move["to"] as? String == "SG2")
        #expect(move["contextOctets"] as? Int == 190)
        #expect(row["type"] as? Int == 5)
        #expect(row["action"] as? String == "move")
        #expect(report.text(.table).contains("SG1 -> SG2"))
        #expect(report.text(.csv).contains(",move,SG1 -> SG2,"))
    }

    @Test("what a terminal could obey is escaped in every format", arguments: OutputFormat.allCases)
    func hostile(format: OutputFormat) throws {
        var association = Sample.associations(1)[0]
        association.name = "\u{1b}[2J\u{9b}31m\u{7f}\u{202e}\n,\"\u{e0041}"
        let report = Report(
            name: "associations", columns: associationColumns, items: [Told(association, by: "SG1")], missed: [missed])
        let text = report.text(format)
        for scalar in text.unicodeScalars where scalar != "\n" {
            #expect(scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value), "\(scalar.value)")
            #expect(scalar != "\u{202e}" && scalar.value < 0xe0000)
        }
        guard format == .json else { return #expect(text.contains("\\u{1b}[2J")) }
        #expect(try rows(report, "associations")[0]["name"] as? String == association.name)
    }

    @Test("what is missing is in the JSON")
    func unreachable() throws {
        let report = Report(name: "paths", columns: pathColumns, items: [], missed: [missed])
        let expected = #"{"paths":[],"unreachable":[{"gateway":"/run/x","reason":"nobody\u009bthere"}]}"#
        #expect(report.text(.json) == expected + "\n")
    }

    private func rows<Item>(_ report: Report<Item>, _ name: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(report.text(.json).utf8))
        return try #require((object as? [String: Any])?[name] as? [[String: Any]])
    }
}
