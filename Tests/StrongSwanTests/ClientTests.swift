import StrongSwan
import Testing

@Suite("The VICI client")
struct ClientTests {
    /// Answers commands from recordings.
    private func replay(_ names: [String: String]) -> @Sendable (ViciPacket) -> FakeCharon.Reaction {
        { packet in
            switch packet {
            case .eventRegister, .eventUnregister: return .send([.eventConfirm])
            case .commandRequest(let command, _):
                guard let name = names[command], let packets = try? Recording(name: name).received() else {
                    return .send([.commandUnknown])
                }
                return .send(packets.filter { $0 != .eventConfirm })
            case .commandResponse, .commandUnknown, .eventConfirm, .eventUnknown, .event: return .end([])
            }
        }
    }

    @Test("what charon recorded comes over the socket")
    func recorded() async throws {
        let reactions = replay(["list-sas": "list-sas", "list-conns": "list-conns", "version": "version"])
        try await FakeCharon.run(react: reactions) { path in
            let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
            let recorded = try Recording(name: "list-sas").associations()
            #expect(try await strongSwan.associations() == recorded)
            #expect(try await strongSwan.connections().map(\.name) == ["home", "hosts6", "nat", "away"])
            #expect(try await strongSwan.version().version == "5.9.8")
        }
    }

    @Test("many commands at once do not get each other's answers")
    func concurrent() async throws {
        try await FakeCharon.run { packet in
            guard case .commandRequest(let name, let message) = packet else { return .end([]) }
            return .send([.event("control-log", [:])].prefix(name == "log" ? 1 : 0) + [.commandResponse(message)])
        } _: { path in
            let client = ViciClient(path: path, clock: ShortSleeper())
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        try await client.request("x", ["n": "\(number)"], within: .seconds(60)) == ["n": "\(number)"]
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("orders name what they are for, and wait as long as charon is told to wait")
    func orders() async throws {
        let (seen, seeing) = AsyncStream.makeStream(of: String.self)
        try await FakeCharon.run { packet in
            if case .commandRequest(let name, let message) = packet { seeing.yield("\(name) \(message)") }
            return .send([.commandResponse(["success": "yes"])])
        } _: { path in
            let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
            let child = try #require(ChildAssociation.ID(7))
            let ike = try #require(IKEAssociation.ID(4))
            try await strongSwan.rekey(child: child)
            try await strongSwan.rekey(ike: ike)
            try await strongSwan.terminate(child: child, within: .seconds(3))
            try await strongSwan.terminate(ike: ike, force: false, within: .milliseconds(1500))
            try await strongSwan.terminate(ike: ike, force: true, within: .seconds(3))
            try await strongSwan.initiate(child: "home-net", within: .seconds(2))
            try await strongSwan.initiate(child: "home-net", of: "home", within: .zero)
            seeing.finish()
        }
        #expect(
            await seen.reduce(into: []) { $0.append($1) } == [
                "rekey {child-id=7}", "rekey {ike-id=4}", "terminate {child-id=7 timeout=3000}",
                "terminate {ike-id=4 timeout=1500}", "terminate {ike-id=4 force=yes}",
                "initiate {child=home-net timeout=2000}", "initiate {child=home-net ike=home timeout=1}",
            ])
    }

    @Test("an order has to be answered with a yes")
    func yes() async throws {
        let child = try #require(ChildAssociation.ID(7))
        for (answer, failure) in [
            (["success": "no", "errmsg": "why"], .refused(command: "rekey", reason: "why")),
            (["success": "no"], .refused(command: "rekey", reason: "it gave no reason")),
            ([:], .unreadable(.missing("success", in: "the answer to rekey"))),
        ] as [(ViciMessage, ViciFailure)] {
            try await FakeCharon.run { _ in
                .send([.commandResponse(answer)])
            } _: { path in
                await #expect(throws: failure) {
                    try await StrongSwan(path: path, clock: ShortSleeper()).rekey(child: child)
                }
            }
        }
    }

    @Test("each way to fail has its error")
    func failures() async throws {
        for (reaction, failure) in [
            (.end([]), .closed), (.silence, .timedOut(.seconds(1))),
            (.send([.commandUnknown]), .unknownCommand("version")),
            (.send([.eventConfirm]), .unexpected("the confirmation of a registration")),
            (.send([.commandResponse([:])]), .unreadable(.missing("daemon", in: "the version"))),
            (.sendOctets([0, 0, 0, 1, 9]), .malformed(.unknownPacket(9))),
            (.sendOctets([0xff, 0, 0, 0]), .malformed(.segment(octets: 0xff00_0000))),
        ] as [(FakeCharon.Reaction, ViciFailure)] {
            try await FakeCharon.run { _ in
                reaction
            } _: { path in
                let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
                let limit = if case .timedOut(let limit) = failure { limit } else { Duration.seconds(60) }
                await #expect(throws: failure) { try await strongSwan.version(within: limit) }
            }
        }
    }

    @Test("where nobody listens, the error says where")
    func unreachable() async {
        let path = FakeCharon.freePath()
        let failure = await #expect(throws: ViciFailure.self) {
            try await StrongSwan(path: path, clock: ShortSleeper()).version()
        }
        guard case .unreachable(path, let reason)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(reason == "No such file or directory")
        let tooLong = "/tmp/" + String(repeating: "x", count: 200)
        await #expect(throws: ViciFailure.self) { try await StrongSwan(path: tooLong).version() }
    }

    @Test("a question that is cancelled ends, though charon says nothing")
    func cancelled() async throws {
        let (asked, asking) = AsyncStream.makeStream(of: Void.self)
        try await FakeCharon.run { _ in
            asking.yield()
            return .silence
        } _: { path in
            let failure = await withTaskGroup(of: ViciFailure?.self) { group in
                group.addTask {
                    do throws(ViciFailure) {
                        _ = try await StrongSwan(path: path, clock: ShortSleeper()).version()
                    } catch { return error }
                    return nil
                }
                for await _ in asked { break }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(failure == .cancelled)
        }
    }
}
