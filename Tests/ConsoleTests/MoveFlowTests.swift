import Console
import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec
import Terminal
import Testing

@Suite("Moving from the console")
struct MoveFlowTests {
    private let selection = MoveSelection(names: ["down"])
    private let holder = Figure10.label("SG1")

    @Test("m asks the gateway that has the SA for a plan of it: what goes with it is the gateway's to say")
    func plan() throws {
        var bench = try Bench()
        // The first row is MN's own end of the SA: the gateway at the other end is asked.
        #expect(bench.press("m") == [.plan(at: holder, selection)])
    }

    @Test("where the plan was out of date, the new one is asked for and shown")
    func outOfDate() throws {
        var bench = try Bench()
        let order = MoveOrder(selection: selection, planToken: "old")
        let asked = bench.send(.answered(holder, .move(order), .outOfDate, at: Figure10.clock(1_000)))
        #expect(asked == [.plan(at: holder, selection)])
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: Figure10.clock(1_100)))
        #expect(try bench.text.contains("Plan: ") && bench.text.contains("Start"))
    }

    @Test("what a user has at several gateways is planned together, by the previous router")
    func together() throws {
        var bench = try Bench()
        var outer = try Figure10.association("up", at: "PR", gateway: "PR")
        outer.name = "outer"
        bench.change("PR", .association(outer))
        let asked = bench.press("m")
        let names = ["down", "outer", "up"]
        #expect(asked == [.plan(at: Figure10.label("PR"), MoveSelection(names: names, wholePath: true))])
    }

    @Test("a mobile node is no gateway to plan at, also where no other end is known")
    func mobileNode() throws {
        var bench = try Bench()
        for name in ["up", "down"] {
            let identifier = try Figure10.association(name, at: "SG1").identifier
            bench.change("SG1", .associationRemoved(identifier))
        }
        #expect(bench.press("m").isEmpty)
        #expect(try bench.text.contains("No gateway that answers has this SA"))
    }

    @Test("a new path that is not known is sought by the previous router, by who may and is armed")
    func seek() throws {
        var bench = try Bench()
        #expect(bench.type(":seek NR").isEmpty)
        #expect(try bench.text.contains("The new data path is known already."))
        let pending = PathPair(plane: .data, previous: Figure10.path.previous)
        for node in Figure10.nodes.map(\.name) { bench.change(node, .path(ReportedPath(pending))) }
        let wish = PathWish(plane: .data, router: "NR")
        let asked = bench.type(":seek NR")
        #expect(asked == [.request(at: Figure10.label("PR"), .seek(wish))])
        let found = ReportedPath(Figure10.path)
        bench.send(.answered(Figure10.label("PR"), .seek(wish), .path(found), at: Figure10.clock(1_000)))
        #expect(try bench.text.contains("The new data path is MN, NR, SG2, G, RN"))
    }

    @Test("the page of a move has the messages between the gateways, once they have told")
    func ladder() throws {
        var bench = try Bench(moves: [Figure10.completed])
        bench.press("5")
        let asked = bench.press(.enter)
        #expect(asked.contains(.trace(at: holder, Figure10.moveID)))
        let envelope = MoveEnvelope(
            id: Figure10.moveID, subject: MoveSubject(address: Figure10.address("MN")), route: Figure10.route,
            sender: .holder, receiver: .source, message: .quiesce)
        let message = TracedMessage(
            envelope, isSent: true, from: "SG1", to: "PR", octets: 64, messages: 1, clock: Figure10.clock(5))
        bench.send(.traced(holder, Figure10.moveID, [message], at: Figure10.clock(1_000)))
        bench.press(.end)
        #expect(try bench.text.contains("SG1 → PR quiesce 28 64 B  take them out of service"))
    }

    @Test("in the list of gateways m plans for all that a gateway has")
    func planAll() throws {
        var bench = try Bench()
        bench.press("1")
        bench.press(.down, .down)
        #expect(bench.press("m") == [.plan(at: holder, MoveSelection())])
    }

    @Test("an SA that is gone is not moved, and nothing else in its place", arguments: ["2", "3"] as [Character])
    func planGone(view: Character) throws {
        var bench = try Bench()
        bench.press(view)
        if view == "2" { bench.press(.end) }
        if view == "3" { bench.press(.home) }
        bench.press(" ")
        for node in ["MN", "SG1"] {
            for name in ["down", "up"] {
                let gone = try Figure10.association(name, at: NodeName(node) ?? "MN")
                bench.change(NodeName(node) ?? "MN", .associationRemoved(gone.identifier))
            }
        }
        #expect(bench.press("m") == [])
        #expect(try bench.footer.contains("This SA is no longer at \(view == "2" ? "SG1" : "MN")."))
    }

    @Test("only the list of gateways plans for all", arguments: ["move --from SG1", "move --to SG2"])
    func planAllByName(line: String) throws {
        var bench = try Bench()
        #expect(bench.type(":" + line) == [])
        #expect(try bench.footer.contains("Name the SAs to move"))
    }

    @Test("on the paths m plans the whole path, at the previous router")
    func planPath() throws {
        var bench = try Bench()
        bench.press("4")
        #expect(bench.press("m") == [.plan(at: Figure10.label("PR"), MoveSelection(wholePath: true))])
    }

    @Test("where no SA is selected on the screen m plans nothing", arguments: ["5", "6"] as [Character])
    func planNothing(view: Character) throws {
        var bench = try Bench()
        bench.press(view)
        #expect(bench.press("m") == [])
        #expect(try bench.footer.contains("press 2 and select one"))
    }

    @Test("Start orders the move that was planned, and a held key or Enter does not")
    func start() throws {
        var bench = try Bench()
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(bench.press(.character("m"), .character("m"), every: 500) == [])
        let order = MoveOrder(selection: selection, planToken: "t1")
        #expect(bench.press("s") == [.request(at: holder, .move(order))])
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(bench.press(.enter) == [])
        #expect(try !bench.text.contains("Plan:"))
    }

    @Test("u asks for the plan anew with the better algorithms that it offers, and without them; else it does nothing")
    func upgrade() throws {
        var bench = try Bench()
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(bench.press("u") == [])
        var plan = try Figure10.plan()
        for index in plan.associations.indices { plan.associations[index].upgrade = AlgorithmSuite(esp: .aesGCM256) }
        bench.press(.escape)
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(plan), at: bench.now))
        var better = selection
        better.upgrade = true
        #expect(bench.press("u") == [.plan(at: holder, better)])
        bench.send(.planned(holder, better, .plan(plan), at: bench.now))
        #expect(bench.press("u") == [.plan(at: holder, selection)])
    }

    @Test("what was typed before the plan could be read does not start it")
    func typedAhead() throws {
        var bench = try Bench()
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(bench.press(.character("s"), every: 299) == [])
        #expect(bench.press(.character("s"), every: 1) == [])
        #expect(bench.press("s").count == 1)
    }

    @Test("the plan of another question does not fill this one")
    func stalePlan() throws {
        var bench = try Bench()
        bench.press("m")
        bench.send(.planned(holder, MoveSelection(names: ["other"]), .plan(try Figure10.plan()), at: bench.now))
        #expect(try bench.text.contains("Asking SG1"))
        bench.send(.planned(holder, selection, .failure("the path is not known"), at: bench.now))
        #expect(try bench.text.contains("the path is not known"))
        #expect(bench.press("s") == [])
    }

    @Test("with --step the moves that are ordered wait for a key")
    func stepping() throws {
        var bench = try Bench(options: ConsoleOptions(opensArmed: true, stepping: true))
        bench.press("m")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        let order = MoveOrder(selection: selection, planToken: "t1", stepping: true)
        #expect(bench.press("s") == [.request(at: holder, .move(order))])
        let stepping = Figure10.move(.stepping(before: .collect), [Figure10.phase(.plan, 0, 4)])
        bench.change("PR", .move(stepping))
        #expect(try bench.footer.contains("n collect"))
        #expect(bench.press("n") == [.request(at: Figure10.label("PR"), .proceed(Figure10.moveID))])
        #expect(bench.press(.character("n"), every: 100) == [])
    }

    @Test("a decides at the previous router, and y says yes, d says no")
    func approve() throws {
        let pr = Figure10.label("PR")
        var bench = try Bench(moves: [Figure10.waiting])
        #expect(bench.press("a") == [])
        #expect(bench.press("y") == [.request(at: pr, .approve(Figure10.moveID))])
        bench.press("a")
        #expect(bench.press("d") == [.request(at: pr, .deny(Figure10.moveID))])
        bench.press("a")
        #expect(bench.press(.enter) == [])
        bench.press("a")
        #expect(bench.press(.tab, .enter) == [.request(at: pr, .approve(Figure10.moveID))])
    }

    @Test("when only the new router has to agree, a decides there")
    func approveAtTarget() throws {
        var bench = try Bench(moves: [Figure10.move(.awaitingApproval([.target]), [Figure10.phase(.plan, 0, 4)])])
        bench.press("a")
        #expect(bench.press("y") == [.request(at: Figure10.label("NR"), .approve(Figure10.moveID))])
    }

    @Test("a held a neither approves nor opens the question again")
    func heldApproval() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.press("a")
        for _ in 0..<100 { #expect(bench.press(.character("a"), every: 30) == []) }
        bench.press(.escape, every: 30)
        #expect(try !bench.text.contains("Approve move"))
    }

    @Test("a key that is held since before the plan was there does not start it")
    func heldWhileAsked() throws {
        var bench = try Bench()
        bench.press("m")
        bench.press("s")
        bench.send(.planned(holder, selection, .plan(try Figure10.plan()), at: bench.now))
        #expect(bench.press(.character("s"), every: 660) == [])
        for _ in 0..<100 { #expect(bench.press(.character("s"), every: 30) == []) }
        #expect(bench.press("s").count == 1)
    }

    @Test("Enter that opened a question from the command line and is held does not answer it")
    func heldEnter() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.type(":approve")
        for _ in 0..<40 { bench.press(.enter, every: 30) }
        #expect(try bench.text.contains("Approve move"))
        bench.press(.tab, every: 30)
        #expect(bench.press(.enter, every: 30).count == 1)
    }

    @Test("n, w and Space are pressed once, however long the terminal waits before it repeats them")
    func heldOrders() throws {
        let stepping = Figure10.move(.stepping(before: .collect), [Figure10.phase(.plan, 0, 4)])
        var bench = try Bench(options: ConsoleOptions(), moves: [stepping])
        for key in "w n" {
            bench.press(key)
            #expect(bench.press(.character(key), every: 660) == [])
        }
        #expect(try bench.picture()[0].contains("frozen"))
        #expect(try bench.picture()[0].contains("armed"))
    }

    @Test("a key that means something to the view closes the page over it, and is heard")
    func pageCloses() throws {
        var bench = try Bench()
        bench.press("2")
        bench.press(.enter)
        #expect(bench.press("m").count == 1)
    }

    @Test("on a screen that is too small for a question there is none, and no key but q is heard")
    func tooSmall() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.press("a")
        bench.send(.resize(Size(columns: 39, rows: 24)))
        #expect(bench.press("y") == [])
        #expect(bench.press("a") == [])
        #expect(bench.press("y") == [])
        #expect(bench.press("m") == [])
        bench.send(.resize(Size(columns: 80, rows: 24)))
        #expect(try !bench.text.contains("Approve move"))
        bench.press("a")
        #expect(bench.press("y").count == 1)
        bench.send(.resize(Size(columns: 80, rows: 9)))
        #expect(bench.press("q") == [.quit])
    }

    @Test("the question goes when the move no longer waits")
    func overtaken() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.press("a")
        bench.change("PR", .move(Figure10.collecting))
        #expect(try !bench.text.contains("Approve move"))
        #expect(try bench.footer.contains("no longer waits"))
        #expect(bench.press("y") == [])
    }

    @Test("x aborts while that is possible, and says why when it is not")
    func abort() throws {
        var bench = try Bench(moves: [Figure10.collecting])
        bench.press("x")
        #expect(bench.press("y") == [.request(at: Figure10.label("PR"), .abort(Figure10.moveID))])
        bench.change("PR", .move(Figure10.move(.running, [Figure10.phase(.install, 0, nil)], abortable: false)))
        #expect(bench.press("x") == [])
        #expect(try bench.footer.contains("point of no return"))
    }

    @Test("why a move cannot be aborted is true: where its leader has not told of it, and where it undoes itself")
    func unabortable() throws {
        var bench = try Bench()
        bench.change("SG1", .move(Figure10.move(.queued, [], abortable: false)))
        bench.press("x")
        #expect(try bench.footer.contains("only PR, which leads it, can"))
        bench.change("PR", .move(Figure10.move(.settling, [Figure10.phase(.prepare, 0, nil)], abortable: false)))
        bench.press("x")
        #expect(try bench.footer.contains("already being undone"))
    }

    @Test("only the leader's word takes the question about an abort away")
    func leadersWord() throws {
        var bench = try Bench(moves: [Figure10.collecting])
        bench.press("x")
        bench.tell("PR", .unreachable(reason: "gone"))
        bench.change("SG1", .move(Figure10.move(.running, [Figure10.phase(.collect, 0, nil)], abortable: false)))
        #expect(try bench.text.contains("Abort move"))
        bench.tell("PR", .updated(WatchUpdate(clock: bench.now, .changes([]))))
        bench.change("PR", .move(Figure10.move(.running, [Figure10.phase(.redirect, 0, nil)], abortable: false)))
        #expect(try !bench.text.contains("Abort move"))
        #expect(try bench.footer.contains("point of no return"))
    }

    @Test("from quiesce on the question about an abort says that traffic is held, also when it is open already")
    func abortWhileHeld() throws {
        var bench = try Bench(columns: 100, moves: [Figure10.collecting])
        bench.press("x")
        #expect(try bench.text.contains("The SAs stay in force at SG1."))
        bench.wait(milliseconds: 1000)
        bench.change("PR", .move(Figure10.move(.running, [Figure10.phase(.transfer, 0, nil)])))
        #expect(try bench.text.contains("Traffic is held. The SAs come back at SG1, unless SG2 has installed"))
        #expect(try !bench.text.contains("stay in force"))
        #expect(bench.press(.character("y"), every: 299) == [])
        #expect(bench.press("y").count == 1)
    }

    @Test("where both routers have to agree the user decides where he may, and the question goes when that one has")
    func both() throws {
        let both = Figure10.move(.awaitingApproval([.source, .target]), [Figure10.phase(.plan, 0, 4)])
        var bench = try Bench(moves: [both])
        try bench.connect("PR", as: .viewer, moves: [both])
        bench.press("a")
        #expect(try bench.text.contains("You decide for NR, as alice."))
        bench.change("PR", .move(Figure10.move(.awaitingApproval([.source]), [Figure10.phase(.plan, 0, 4)])))
        #expect(try !bench.text.contains("You decide"))
        #expect(try bench.footer.contains("no longer waits for approval at NR"))
    }

    @Test("the question about an approval lists every SA")
    func allNames() throws {
        var many = Figure10.waiting
        many.names = (10..<67).map { "sa-\($0)" }
        var bench = try Bench(moves: [many])
        bench.press("a")
        #expect(try bench.text.contains("sa-10, sa-11"))
        var seen = try bench.text
        for _ in 0..<20 {
            bench.press(.down)
            seen += try bench.text
        }
        #expect(many.names.allSatisfy(seen.contains))
    }

    @Test("what a gateway refuses is told")
    func refused() throws {
        var bench = try Bench(moves: [Figure10.waiting])
        bench.send(.answered(Figure10.label("PR"), .approve(Figure10.moveID), .failure("not allowed"), at: bench.now))
        #expect(try bench.footer.contains("PR refused to approve: not allowed"))
    }

    @Test("a move that a gateway began is shown before it is watched")
    func began() throws {
        var bench = try Bench()
        let request = GatewayRequest.move(MoveOrder(selection: selection))
        bench.send(.answered(holder, request, .moves([Figure10.waiting]), at: bench.now))
        #expect(try bench.text.contains("Move 1 of 1"))
        #expect(try bench.footer.contains("waits for approval at PR: press a"))
    }

    @Test("phases that a move passed without telling of them count as over")
    func untoldPhases() throws {
        var bench = try Bench(moves: [Figure10.move(.running, [Figure10.phase(.prepare, 0, nil, done: 1)])])
        #expect(bench.console.fleet.moves.map(\.reached) == [.prepare])
        #expect(try ["✓ plan", "✓ collect", "◐ prepare"].allSatisfy(bench.text.contains))
        bench.change("PR", .move(Figure10.move(.awaitingApproval([.source]), [])))
        #expect(try bench.text.contains("‖ approve  for PR: press a"))
    }
}
