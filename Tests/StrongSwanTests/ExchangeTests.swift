import StrongSwan
import Testing

@Suite("A VICI command")
struct ExchangeTests {
    /// Plays charon's side of a recording to an exchange; returns what the exchange sent, kept, and ended with.
    private func play(
        _ exchange: ViciExchange, _ received: [ViciPacket]
    ) -> (sent: [ViciPacket], kept: [ViciMessage], end: ViciExchange.Action?) {
        var exchange = exchange
        var (sent, kept) = ([exchange.opening], [ViciMessage]())
        for packet in received {
            switch exchange.handle(packet) {
            case .send(let next): sent.append(next)
            case .keep(let part): kept.append(part)
            case .finish(let answer): return (sent, kept, .finish(answer))
            case .fail(let failure): return (sent, kept, .fail(failure))
            }
        }
        return (sent, kept, nil)
    }

    @Test(
        "a list is asked for as swanctl asks, and its parts are kept",
        arguments: [
            ("list-sas", "list-sas", "list-sa", 3), ("list-sas-empty", "list-sas", "list-sa", 0),
            ("list-conns", "list-conns", "list-conn", 4),
        ])
    func list(recording: String, command: String, parts: String, count: Int) throws {
        let recording = Recording(name: recording)
        let (sent, kept, end) = play(ViciExchange(command, parts: parts), try recording.received())
        #expect(sent == (try recording.sent()))
        #expect(kept == (try recording.events(parts)) && kept.count == count)
        #expect(end == .finish([:]))
    }

    @Test(
        "charon's no is a failure with its reason",
        arguments: [
            ("rekey-nothing", "rekey", "no matching SAs to rekey found"),
            ("terminate-nothing", "terminate", "no matching SAs to terminate found"),
            ("initiate-nothing", "initiate", "CHILD_SA config 'nobody' not found"),
            ("initiate-away", "initiate", "CHILD_SA 'away-net' not established after 1000ms"),
        ])
    func refused(recording: String, command: String, reason: String) throws {
        let received = try Recording(name: recording).received()
        let parts = received.contains(.eventConfirm) ? "control-log" : nil
        let (_, _, end) = play(ViciExchange(command, parts: parts), received)
        #expect(end == .fail(.refused(command: command, reason: reason)))
    }

    @Test("an unknown command and an unknown event are failures")
    func unknown() throws {
        let received = try Recording(name: "unknown").received()
        #expect(play(ViciExchange("no-such-command"), received).end == .fail(.unknownCommand("no-such-command")))
        let listing = play(ViciExchange("x", parts: "no-such-event"), Array(received.dropFirst()))
        #expect(listing.end == .fail(.unknownEvent("no-such-event")))
    }

    @Test(
        "a packet out of place ends it",
        arguments: [
            .commandRequest("x", [:]), .eventRegister("x"), .eventUnregister("x"), .eventConfirm, .eventUnknown,
            .event("another", [:]),
        ] as [ViciPacket])
    func surprise(packet: ViciPacket) {
        #expect(play(ViciExchange("list-sas"), [packet]).end == .fail(.unexpected(packet.kind)))
        let parts = ViciExchange("list-sas", parts: "list-sa")
        #expect(play(parts, [.eventConfirm, packet]).end == .fail(.unexpected(packet.kind)))
        #expect(play(parts, [.commandResponse([:])]).end == .fail(.unexpected("the answer to a command")))
        #expect(play(parts, [.commandUnknown]).end == .fail(.unexpected("that a command is unknown")))
    }

    @Test("events are asked for one after the other, and heard from the first confirmation on")
    func subscription() throws {
        let recording = Recording(name: "events")
        var subscription = ViciSubscription(to: "ike-updown", ["ike-rekey", "child-updown", "child-rekey"])
        var sent = [try #require(subscription.opening)]
        var (heard, readyAfter) = (0, -1)
        for (index, packet) in try recording.received().enumerated() {
            switch subscription.handle(packet) {
            case .send(let next): sent.append(next)
            case .ready: readyAfter = index
            case .hear: heard += 1
            case .fail(let failure): Issue.record("\(failure)")
            }
        }
        #expect(sent == (try recording.sent()))
        #expect(readyAfter == 3)
        #expect(heard == (try recording.received().count) - 4)
    }

    @Test("an event that charon does not have ends the subscription, and so does an answer to nothing")
    func badSubscription() {
        var subscription = ViciSubscription(to: "x", [])
        #expect(subscription.handle(.eventUnknown) == .fail(.unknownEvent("x")))
        subscription = ViciSubscription(to: "x", [])
        #expect(subscription.handle(.event("x", [:])) == .hear("x", [:]))
        #expect(subscription.handle(.eventConfirm) == .ready)
        #expect(subscription.handle(.event("x", [:])) == .hear("x", [:]))
        #expect(subscription.handle(.eventConfirm) == .fail(.unexpected("the confirmation of a registration")))
        #expect(subscription.handle(.event("x", [:])) == .fail(.unexpected("the event x")))
    }
}
