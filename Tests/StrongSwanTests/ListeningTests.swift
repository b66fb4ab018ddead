import StrongSwan
import Synchronization
import Testing

@Suite("Listening to charon")
struct ListeningTests {
    @Test("the recorded events come in order, after it is connected; it reconnects when charon restarts")
    func restart() async throws {
        let path = FakeCharon.freePath()
        let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await strongSwan.run() }
            var events = strongSwan.events.makeAsyncIterator()
            guard case .disconnected(.unreachable)? = await events.next() else {
                Issue.record("it was not told that charon is away")
                return
            }
            for _ in 0..<2 {
                let registered = Mutex(0)
                let recorded = try Recording(name: "events").received().filter { $0 != .eventConfirm }
                // Stops when the events were received: the socket is closed under the listener.
                try await FakeCharon.run(at: path) { packet in
                    guard case .eventRegister = packet else { return .send(Self.version()) }
                    let isLast = registered.withLock { count in
                        count += 1
                        return count == 4
                    }
                    return .send([.eventConfirm] + (isLast ? recorded : []))
                } _: { _ in
                    var events = strongSwan.events.makeAsyncIterator()
                    var event = await events.next()
                    // No socket, one that nobody listens at yet, and one that is closed are away for different reasons.
                    while case .disconnected(.unreachable)? = event { event = await events.next() }
                    guard case .connected(let version)? = event else {
                        Issue.record("it was not told that charon is there")
                        return
                    }
                    #expect(version?.version == "5.9.8")
                    for packet in recorded {
                        guard case .event(let name, let message) = packet else { continue }
                        #expect(await events.next() == StrongSwanEvent(name, message))
                    }
                }
                #expect(await events.next() == .disconnected(.closed))
                guard case .disconnected(.unreachable)? = await events.next() else {
                    Issue.record("it was not told that charon is away")
                    return
                }
            }
            group.cancelAll()
            #expect(await events.next() == nil)
        }
    }

    @Test("a charon that takes connections and says nothing is not waited for longer than the limit")
    func silent() async throws {
        let path = FakeCharon.freePath()
        let client = ViciClient(path: path, clock: ShortSleeper())
        try await FakeCharon.run(at: path) { _ in
            .silence
        } _: { _ in
            await #expect(throws: ViciFailure.timedOut(.seconds(1))) {
                try await client.listen(to: "x", [], within: .seconds(1)) {
                } hear: { _, _ in
                }
            }
        }
    }

    @Test("a connection that breaks each time in the same way is told of each time, one that never was is told of once")
    func again() async throws {
        let path = FakeCharon.freePath()
        let count = Mutex(0)
        let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
        try await FakeCharon.run(at: path) { packet in
            guard case .eventRegister(let name) = packet else { return .send(Self.version()) }
            let round = count.withLock { count in
                if name == "ike-updown" { count += 1 }
                return count
            }
            if round == 3 || round == 4 { return .send([.eventUnknown]) }
            return name == "child-rekey" ? .end([.eventConfirm, .commandUnknown]) : .send([.eventConfirm])
        } _: { _ in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await strongSwan.run() }
                var told: [String] = []
                for await event in strongSwan.events {
                    switch event {
                    case .connected: told.append("there")
                    case .disconnected(let failure): told.append("\(failure)")
                    default: told.append("?")
                    }
                    if told.count == 7 { break }
                }
                group.cancelAll()
                let broken = "charon sent that a command is unknown where it has no place"
                let unknown = "charon does not know the event ike-updown"
                #expect(told == ["there", broken, "there", broken, unknown, "there", broken])
            }
        }
    }

    private static func version() -> [ViciPacket] { (try? Recording(name: "version").received()) ?? [] }

    @Test("when nobody reads the events, the newest are kept and it is said that some are missing")
    func overflow() async throws {
        let section = ViciMessage([ViciElement("home", .section(["uniqueid": "1", "state": "ESTABLISHED"]))])
        let flood = [ViciPacket](repeating: .event("ike-updown", section), count: StrongSwan.eventLimit + 10)
        let floods = Mutex(0)
        let (versions, asking) = AsyncStream.makeStream(of: Void.self)
        let path = FakeCharon.freePath()
        let strongSwan = StrongSwan(path: path, clock: ShortSleeper())
        try await FakeCharon.run(at: path) { packet in
            switch packet {
            case .eventRegister("child-rekey"):
                let isFirst = floods.withLock { count in
                    count += 1
                    return count == 1
                }
                return isFirst ? .end([.eventConfirm] + flood) : .send([.eventConfirm])
            case .eventRegister: return .send([.eventConfirm])
            default:
                asking.yield()
                return .send(Self.version())
            }
        } _: { _ in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await strongSwan.run() }
                var asked = versions.makeAsyncIterator()
                // It asks who is there when it is connected: the second time, it has told all of the flood.
                for _ in 0..<2 { await asked.next() }
                group.cancelAll()
            }
        }
        let events = await strongSwan.events.reduce(into: []) { $0.append($1) }
        #expect(events.count == StrongSwan.eventLimit)
        #expect(events.contains(.missed) && events.contains(.disconnected(.closed)))
        if case .connected = events.first { Issue.record("the oldest was kept") }
    }
}
