import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal
import Testing

@Suite("Command line of the console")
struct CommandLineTests {
    @Test(
        "a word opens its view, and so does its beginning",
        arguments: [("moves", "Moves 0"), ("sa", "SAD 4"), ("LOG", "Log 4")])
    func views(line: String, title: String) throws {
        var bench = try Bench()
        bench.type(":" + line)
        #expect(try bench.text.contains(title))
    }

    @Test("Tab completes, and what may follow is shown")
    func completion() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        for key in ":app" { bench.press(key) }
        #expect(try bench.footer.contains("approve"))
        bench.press(.tab)
        #expect(try bench.footer.contains(":approve   3f9ac7e1") || bench.footer.contains("3f9ac7e1"))
        bench.press(.tab)
        #expect(bench.press(.enter) == [])
        #expect(try bench.text.contains("Approve move 3f9ac7e1"))
    }

    @Test("move names SAs and gateways")
    func move() throws {
        var bench = try Bench()
        let selection = MoveSelection(names: ["up", "down"], from: "SG1", to: "SG2")
        #expect(bench.type(":move up down --from SG1 --to SG2") == [.plan(at: Figure10.label("SG1"), selection)])
        bench.press(.escape)
        #expect(bench.type(":move up") == [.plan(at: Figure10.label("SG1"), MoveSelection(names: ["up"]))])
        bench.press(.escape)
        #expect(bench.type(":move up --from") == [])
        #expect(try bench.footer.contains("--from needs a node"))
    }

    @Test("what is not understood is said", arguments: ["xyzzy", "sort", "sort nothing", "abort 77", "move nothing"])
    func wrong(line: String) throws {
        var bench = try Bench()
        #expect(bench.type(":" + line) == [])
        #expect(try bench.footer.contains("▲"))
    }

    @Test("q quits, :quit too, and not while something is typed or asked")
    func quit() throws {
        var bench = try Bench()
        #expect(bench.press("q") == [.quit])
        #expect(bench.type(":quit") == [.quit])
        bench.press("/")
        #expect(bench.press("q") == [])
        bench.press(.escape)
        bench.press("m")
        #expect(bench.press("q") == [])
    }
}
