import Console
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Lists")
struct ListTests {
    /// The names in the rows of the open table, from the top.
    private func names(_ bench: Bench) throws -> [String] {
        try bench.picture().compactMap { line in
            let words = line.split(separator: " ")
            return words.first { ["up", "down"].contains($0) }.map(String.init)
        }
    }

    @Test("/ filters while one types, Enter keeps it, Esc shows all again")
    func filter() throws {
        var bench = try Bench()
        bench.press("2")
        bench.press("/")
        for key in "up" { bench.press(key) }
        #expect(try bench.text.contains("SAD 2 of 4 /up"))
        bench.press(.enter)
        #expect(try bench.text.contains("SAD 2 of 4 /up"))
        bench.press(.escape)
        #expect(try bench.text.contains("SAD 4"))
        bench.type("/nothing")
        #expect(try bench.text.contains("no SA matches \"nothing\""))
    }

    @Test(
        "whoever answers first, the first SA that can be moved is selected, until another one is",
        arguments: [true, false])
    func firstSelection(isReversed: Bool) throws {
        var bench = Bench(unreached: Size(columns: 80, rows: 24))
        let nodes = Figure10.nodes.map(\.name)
        func selected() throws -> String {
            try #require(try bench.picture().first { $0.contains("▸ ") && $0.contains("0x") })
        }
        for node in isReversed ? nodes.reversed() : nodes { try bench.connect(node) }
        #expect(try selected().contains("SG1") && selected().contains("down"))
        bench.press(.up)
        #expect(try selected().contains("MN") && selected().contains("up"))
        try bench.connect("SG1")
        #expect(try selected().contains("MN") && selected().contains("up"))
    }

    @Test("the selection goes with an SA to the gateway that it is moved to, also when that one tells late")
    func selectionFollows() throws {
        var bench = try Bench()
        bench.press("2")
        bench.press(.down)
        for name in ["down", "up"] {
            bench.change("SG1", .associationRemoved(try Figure10.association(name, at: "SG1").identifier))
        }
        for name in ["down", "up"] {
            bench.change("SG2", .association(try Figure10.association(name, at: "SG2", gateway: "SG1")))
        }
        let row = try #require(try bench.picture().first { $0.contains("▸ ") && $0.contains("0x") })
        #expect(row.contains("SG2") && row.contains("up"), "\(row)")
    }

    @Test("the newest event is selected until its reader selects one")
    func newestEvent() throws {
        var bench = try Bench()
        bench.press("6")
        bench.change("PR", .event(Figure10.event(5, .log, "", "late", after: 9_000, "something new")))
        let row = try #require(try bench.picture().first { $0.contains("▸ ") && $0.contains("PR") })
        #expect(row.contains("something new"))
        bench.press(.enter)
        bench.change("PR", .event(Figure10.event(6, .log, "", "later", after: 10_000, "something newer")))
        #expect(try bench.text.contains("something new") && !bench.text.contains("Event 6"))
    }

    @Test("s sorts by the next column, S turns it round, and the selection stays with its row")
    func sort() throws {
        var bench = try Bench()
        bench.press("2")
        bench.press(.end)
        bench.press("s")
        bench.press("s")
        #expect(try bench.text.contains("NAME▲"))
        #expect(try names(bench).prefix(4) == ["down", "down", "up", "up"])
        bench.press("S")
        #expect(try bench.text.contains("NAME▼"))
        #expect(try names(bench).prefix(4) == ["up", "up", "down", "down"])
        let selected = try #require(try bench.picture().first { $0.contains("▸") })
        #expect(selected.contains("SG1") && selected.contains("up"))
    }

    @Test("RATE sorts by the rate, not by all packets that ever were")
    func sortByRate() throws {
        var bench = try Bench()
        bench.press("2")
        bench.type(":sort rate")
        for step in 1...8 as ClosedRange<UInt64> {
            bench.wait(milliseconds: 250)
            for (name, packets) in [("down", 900_000 + step), ("up", step * 500)] {
                let association = try Figure10.association(name, at: "SG1", packets: packets)
                bench.change("SG1", .traffic(association.identifier, association.traffic))
            }
        }
        let rows = try bench.picture().filter { $0.contains(" SG1 ") && $0.contains("/s") }
        #expect(rows.count == 2 && rows[0].contains("down") && rows[1].contains("up"))
    }

    @Test("gateways that are sorted by their SAs are sorted anew when these change")
    func sortGateways() throws {
        var bench = try Bench()
        bench.press("1")
        bench.type(":sort sas")
        bench.press("S")
        for name in ["up", "down"] {
            bench.change("SG1", .associationRemoved(try Figure10.association(name, at: "SG1").identifier))
            bench.change("SG2", .association(try Figure10.association(name, at: "SG2", gateway: "SG2")))
        }
        let nodes = try bench.picture().compactMap { line in
            ["SG1", "SG2"].first { line.contains(" \($0) ") && line.contains("127.10") || line.contains("│  \($0) ") }
        }
        #expect(nodes == ["SG2", "SG1"])
    }

    @Test("Space freezes what is seen and says how far behind it is")
    func freeze() throws {
        var bench = try Bench()
        bench.press(" ")
        try bench.traffic(at: "SG1", times: 4)
        #expect(try bench.picture()[0].contains("frozen 14:02:01 +8"))
        #expect(try bench.text.contains("12,000"))
        #expect(try !bench.text.contains("13,000"))
        bench.press(" ")
        #expect(try bench.text.contains("13,000"))
    }

    @Test("Enter opens all that is known of a row, live, and Esc closes it")
    func detail() throws {
        var bench = try Bench()
        bench.press("2")
        bench.press(.end, .enter)
        try Golden.expect(bench.picture(), is: "detail-sa")
        bench.press(.escape)
        #expect(try !bench.text.contains("SA up at SG1 ──┐"))
        bench.press(.enter)
        bench.change("SG1", .associationRemoved(try Figure10.association("up", at: "SG1").identifier))
        #expect(try bench.text.contains("SA down at SG1"))
    }

    @Test("an SA's detail says why it cannot move, and what its stack has of it besides")
    func obstacle() throws {
        var bench = try Bench(columns: 120, rows: 50)
        bench.press("2")
        bench.press(.end, .enter)
        #expect(try !bench.text.contains("stays"))
        var association = try Figure10.association("up", at: "SG1")
        association.obstacle = MoveObstacle("it is for packets with a mark")
        association.particulars = ["mark 0x5/0xff", "offload to eth0"]
        bench.change("SG1", .association(association))
        let text = try bench.text
        for words in ["stays", "it is for packets with a mark", "besides", "mark 0x5/0xff", "offload to eth0"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("20,000 SAs cost hardly more than 200: updates and frames make only the rows in sight")
    func many() throws {
        let few = try timeForFrames(with: 200)
        let many = try timeForFrames(with: 20_000)
        #expect(many < few * 4 + .milliseconds(500))
    }

    /// How long 50 updates with a frame each take at a gateway with so many SAs.
    private func timeForFrames(with count: Int) throws -> Duration {
        var bench = try Bench(columns: 200, rows: 60)
        let model = try Figure10.association("up", at: "SG1")
        let associations = (0..<count).compactMap { number -> ReportedAssociation? in
            guard let spi = SPI(UInt32(0x10000 + number)) else { return nil }
            var association = model
            association.name = "sa-\(number)"
            association.identifier = SAIdentifier(
                spi: spi, destination: model.identifier.destination, securityProtocol: .esp)
            return association
        }
        let snapshot = GatewaySnapshot(revision: 1, associations: associations, paths: [ReportedPath(Figure10.path)])
        bench.tell("SG1", .updated(WatchUpdate(clock: bench.now, .snapshot(snapshot))))
        #expect(try bench.text.contains("SAs \(count == 200 ? "202" : "20,002")"))
        return try ContinuousClock().measure {
            for step in 0..<50 {
                bench.wait(milliseconds: 100)
                bench.change("SG1", .traffic(associations[step].identifier, Figure10.traffic(13_000, sent: false)))
                _ = try bench.canvas()
            }
        }
    }
}
