import ConfigurationFiles
import ForwardingPath
import Testing

@Suite("Plan reports")
struct PlanReportTests {
    private func report(_ change: (String) -> String = { $0 }) throws -> PlanReport {
        PlanReport(try NetworkFile.read(change(try Fixture.text("figure-10.yaml")), file: "figure-10.yaml").plan)
    }

    @Test("figure 10 is planned as the draft says")
    func json() throws {
        #expect(
            try report().json() == """
                {"associations":[{"action":"move","moves":[{"from":"SG1","to":"SG2"}],"name":"up",\
                "reason":"MN keeps its end, and SG1 is before G: SG1's end moves","type":5}],\
                "paths":[{"gateway":"G","plane":"data"}]}
                """)
    }

    @Test("what is not known is null, and the reason is there")
    func pending() throws {
        let text = try report { $0.replacing("    next: ", with: "    #next: ") }.json()
        #expect(
            text == """
                {"associations":[{"action":"pending","moves":[],"name":"up",\
                "reason":"the new data path is not known yet","type":null}],\
                "paths":[{"gateway":null,"plane":"data","reason":"the new data path is not known yet"}]}
                """)
    }

    @Test("a conflict has its type and its reason")
    func conflict() throws {
        let text = try report { $0 + "mappings: {SG1: G}\n" }.json()
        #expect(
            text == """
                {"associations":[{"action":"conflict","moves":[],"name":"up","reason":"SG1 maps to G, \
                but SAs can move only to gateways before G, the G of the paths","type":5}],\
                "paths":[{"gateway":"G","plane":"data"}]}
                """)
    }

    @Test("a node on no path leaves its SA without a type, and the file is good")
    func offPath() throws {
        let report = try report { $0.replacing("to: SG1", with: "to: SG2") }
        #expect(report.associations[0].type == nil)
        #expect(report.associations[0].action == "none")
        #expect(report.associations[0].reason == "SG2 is not on the previous data path (MN, PR, SG1, G, RN)")
    }

    @Test("the table is aligned")
    func table() throws {
        let more = "  - {name: a-longer-name, from: SG2, to: RN, spi: 0x1002, encryption: aes-gcm-16-256}\n"
        #expect(
            try report { $0 + more }.table() == """
                PLANE  GATEWAY  REASON
                data   G

                NAME           PLANE  TYPE  ACTION  MOVES       REASON
                up             data   5     move    SG1 -> SG2  MN keeps its end, and SG1 is before G: SG1's end moves
                a-longer-name  data   -     none    -           SG2 is not on the previous data path (MN, PR, SG1, G, RN)

                """)
    }

    @Test("CSV has quotes where a field needs them")
    func csv() throws {
        let more = "  - {name: off, from: SG2, to: RN, spi: 0x1002, encryption: aes-gcm-16-256}\n"
        #expect(
            try report { $0 + more }.csv() == """
                name,plane,type,action,moves,reason
                up,data,5,move,SG1>SG2,"MN keeps its end, and SG1 is before G: SG1's end moves"
                off,data,,none,,"SG2 is not on the previous data path (MN, PR, SG1, G, RN)"

                """)
        #expect(TextTable(header: ["a"], rows: [["x\"y"], ["l\nm"]]).csv == "a\n\"x\"\"y\"\n\"l\nm\"\n")
    }
}
