import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Paths as they are drawn")
struct PathFigureTests {
    /// One SA of a gateway: its name, and the node at its other end.
    private typealias Sketch = (gateway: NodeName, name: String, peer: NodeName, type: SAType?)

    /// A console of gateways with these SAs, each known by its own SPI.
    private func bench(
        _ path: ReportedPath, _ sketches: [Sketch], roles: [(NodeName, NodeRole)], columns: Int = 80,
        moving: ReportedMove? = nil, user: String = "MN"
    ) throws -> Bench {
        var bench = Bench(unreached: Size(columns: columns, rows: 24))
        for (number, (node, role)) in roles.enumerated() {
            var description = Figure10.description(node)
            (description.role, description.clock) = (role, bench.now)
            let own = try sketches.enumerated().filter { $1.gateway == node }.map { index, sketch in
                var association = try Figure10.association("up", at: node)
                let spi = try #require(SPI(UInt32(0x2000 + index)))
                association.identifier = SAIdentifier(
                    spi: spi, destination: IPAddress(v4: 10, 0, 0, UInt8(number)), securityProtocol: .esp,
                    realm: sketch.peer == "MN-B" ? try #require(Realm("blue")) : .default)
                (association.name, association.peer, association.type) = (sketch.name, sketch.peer, sketch.type)
                association.user = user
                association.moving = moving?.names.contains(sketch.name) == true ? moving?.id : nil
                return association
            }
            let label = GatewayLabel("\(node):5092")
            bench.send(.gateway(label, .described(description), at: bench.now))
            let snapshot = GatewaySnapshot(
                revision: 1, associations: own, paths: [path], moves: moving.map { [$0] } ?? [])
            bench.send(
                .gateway(label, .updated(WatchUpdate(clock: bench.now, .snapshot(snapshot))), at: bench.now))
        }
        return bench
    }

    private static let six: [(NodeName, NodeRole)] = [
        ("PR", .accessRouter), ("SG1", .securityGateway), ("SG2", .securityGateway), ("NR", .accessRouter),
        ("SG3", .securityGateway), ("SG4", .securityGateway),
    ]

    @Test("where only a plan can tell no gateway is named", arguments: ["0", "4"] as [Character])
    func byPlan(view: Character) throws {
        for peer in ["SG2", "MN"] as [NodeName] {
            let path = PathPair(
                plane: .data, previous: ["MN", "PR", "SG1", "SG2", "G", "RN"],
                next: ["MN", "NR", "SG3", "SG4", "G", "RN"])
            let type = peer == "MN" ? SAType.five : .four
            var bench = try bench(
                ReportedPath(path), [("SG1", "down", peer, type), ("SG1", "up", peer, type)], roles: Self.six)
            bench.press(view)
            let text = try bench.text
            #expect(text.contains(" by plan"), "\(text)")
            #expect(!text.contains("→ SG") && !text.contains("to SG"), "\(text)")
        }
    }

    /// Whether the arc of a pair between SG1 and MN names NR, where the new path has these nodes between MN and G.
    private func names(_ router: String, joining: [NodeName], roles: [(NodeName, NodeRole)], user: String = "MN") throws
        -> String
    {
        let path = PathPair(
            plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN"] + joining + ["G", "RN"])
        var bench = try bench(
            ReportedPath(path), [("SG1", "up", "MN", .five)], roles: roles, user: user)
        bench.press("4")
        let text = try bench.text
        return text.contains("can move to \(router)") ? "named" : text.contains("moves by plan") ? "by plan" : "stays"
    }

    @Test(
        "the only gateway that can take them is named; one whose daemon is not here counts, and what is no user's stays"
    )
    func certain() throws {
        let all = Self.six + [("R", .router)]
        #expect(try names("NR", joining: ["NR"], roles: all) == "named")
        #expect(try names("NR", joining: ["NR", "R"], roles: all) == "named")
        // R may be a gateway; and an operator may have mapped SG1 to NR, which takes SAs too.
        #expect(try names("NR", joining: ["NR", "R"], roles: Self.six) == "by plan")
        #expect(try names("SG3", joining: ["NR", "SG3"], roles: all) == "by plan")
        #expect(try names("NR", joining: ["NR"], roles: all.filter { $0.0 != "NR" }) == "by plan")
        #expect(try names("NR", joining: ["NR"], roles: all, user: "") == "stays")
    }

    @Test("what is said of an arc from end to end is whole", arguments: [80, 200])
    func endToEnd(columns: Int) throws {
        let path = PathPair(
            plane: .data, previous: ["MN", "PR", "SG1", "RN"], next: ["MN", "NR", "SG2", "RNB"])
        var bench = try bench(
            ReportedPath(path), [("MN", "end", "RN", .two)], roles: Self.six + [("MN", .mobileNode)], columns: columns)
        bench.press("4")
        let text = try bench.text
        #expect(text.contains(" end: type 2 ") && text.contains(" stays "), "\(text)")
    }

    @Test("SAs that move to one gateway are one arc, whatever moves they are in")
    func moving() throws {
        let names = (1...9).map { "sa-\($0)" }
        let move = Figure10.move(.running, [Figure10.phase(.plan, 0, 1)])
        var led = move
        led.names = names
        var bench = try bench(
            ReportedPath(Figure10.path), names.map { ("SG1", $0, "MN", .five) }, roles: Self.six, moving: led)
        bench.press("4")
        #expect(try bench.text.contains("9 SAs: type 5"))
        #expect(try bench.text.contains("moving to SG2"))
    }

    @Test("what stands under nodes never runs together", arguments: [2, 20, 345])
    func notes(count: Int) throws {
        let nodes: [NodeName] = ["PR", "SG1", "SG2", "SG3"]
        let path = PathPair(
            plane: .data, previous: ["MN", "PR", "SG1", "G", "RN"], next: ["MN", "NR", "SG2", "SG3", "G", "RN"])
        let sketches = nodes.flatMap { node in (0..<count).map { (node, "\(node)-\($0)", "MN", .five) as Sketch } }
        let mobile: [(NodeName, NodeRole)] = [("MN", .mobileNode)]
        let bench = try bench(
            ReportedPath(path), sketches + (0..<count).map { ("MN", "own-\($0)", "PR", .five) },
            roles: Self.six + mobile)
        let told = try bench.picture().prefix(12).filter { $0.contains("\(count)") }.joined()
        #expect(told.contains(" \(count)"), "\(told)")
        // A digit or a letter follows no other note at once.
        #expect(!told.contains("SAs\(count)") && !told.contains("SA\(count)"), "\(told)")
    }

    @Test("mobile nodes at one place are both named, and their SAs told apart", arguments: ["0", "4"] as [Character])
    func beside(view: Character) throws {
        let path = PathPair(
            plane: .data, previous: ["MN-A", "PR", "SG1", "G", "RN"], next: ["MN-A", "NR", "SG2", "G", "RN"])
        var bench = try bench(
            ReportedPath(path, beside: ["MN-B"]),
            [
                ("SG1", "a-up", "MN-A", .five), ("SG1", "a-down", "MN-A", .five), ("SG1", "b-up", "MN-B", .five),
                ("SG1", "b-down", "MN-B", .five),
            ], roles: Self.six)
        bench.press(view)
        let text = try bench.text
        #expect(text.contains("MN-A, MN-B "))
        #expect(text.contains(view == "0" ? "MN-A: 2 SAs" : "MN-A: a-down, a-up: type 5"), "\(text)")
        #expect(text.contains(view == "0" ? "MN-B: 2 SAs" : "MN-B: b-down, b-up: type 5"), "\(text)")
        bench.press("2")
        bench.type("/b-up")
        #expect(try bench.text.contains("   realm blue"))
        let narrow = try self.bench(
            ReportedPath(path, beside: ["MN-B", "MN-C", "MN-D"]), [("SG1", "b-up", "MN-B", .five)], roles: Self.six)
        #expect(try narrow.text.contains("MN-A +3"))
    }

    @Test("SAs that are on the new path while others are not are shown as moved")
    func moved() throws {
        let path = PathPair(
            plane: .data, previous: ["MN-A", "PR", "SG1", "G", "RN"], next: ["MN-A", "NR", "SG2", "G", "RN"])
        var bench = try bench(ReportedPath(path, beside: ["MN-B"]), [("SG2", "b-up", "MN-B", nil)], roles: Self.six)
        bench.press("4")
        #expect(try bench.text.contains("is on the new path") && !bench.text.contains("type ?"))
    }

    @Test("the line of keys names m where m plans the whole path")
    func hint() throws {
        var bench = try Bench()
        bench.press("4")
        #expect(try bench.footer.contains("m move"))
    }
}
