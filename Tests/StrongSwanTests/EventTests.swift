import StrongSwan
import Testing

@Suite("Charon's events")
struct EventTests {
    /// The recorded events, a line each.
    private func told() throws -> [String] {
        try Recording(name: "events").received().compactMap { packet in
            guard case .event(let name, let message) = packet else { return nil }
            return switch StrongSwanEvent(name, message) {
            case .ikeUp(let ike): "up \(ike.name) \(ike.id.number)"
            case .ikeDown(let ike): "down \(ike.name) \(ike.id.number)"
            case .ikeRekeyed(let old, let new): "rekeyed \(new.name) \(old.id.number) to \(new.id.number)"
            case .childUp(let ike): "up \(ike.name) \(ike.id.number) \(children(ike))"
            case .childDown(let ike): "down \(ike.name) \(ike.id.number) \(children(ike))"
            case .childRekeyed(let ike, let old, let new):
                "rekeyed \(ike.name) \(ike.id.number) \(children(ike)): \(old.id.number) to \(new.id.number)"
            case .connected, .disconnected, .unreadable, .missed, nil: "\(name)?"
            }
        }
    }

    private func children(_ ike: IKEAssociation) -> String {
        ike.children.map { "\($0.name) \($0.id.number)" }.joined(separator: ", ")
    }

    @Test("what happened while it was recorded")
    func recorded() throws {
        #expect(
            try told() == [
                "up home 1", "up home 1 home-net 1", "up home 1 home-mgmt 2",
                "up hosts6 2", "up hosts6 2 hosts6-esp 3", "up hosts6 2 hosts6-ah 4",
                "up nat 3", "up nat 3 nat-net 5",
                "rekeyed home 1 home-net 1, home-net 6: 1 to 6", "rekeyed home 1 to 4",
                "down home 4 home-mgmt 2",
                "down hosts6 2", "down hosts6 2 hosts6-esp 3", "down hosts6 2 hosts6-ah 4",
                "up home 4 home-mgmt 7",
            ])
    }

    @Test("an event that cannot be read says so, one that was not asked for is passed over")
    func unreadable() {
        #expect(
            StrongSwanEvent("ike-updown", [:])
                == .unreadable(event: "ike-updown", .noSection(in: "the event ike-updown")))
        let section = ViciMessage([ViciElement("home", .section(["uniqueid": "1", "state": "ESTABLISHED"]))])
        #expect(
            StrongSwanEvent("ike-rekey", section)
                == .unreadable(event: "ike-rekey", .missing("old", in: "the event ike-rekey")))
        #expect(
            StrongSwanEvent("child-rekey", section)
                == .unreadable(event: "child-rekey", .noSection(in: "child-sas of the event child-rekey")))
        #expect(StrongSwanEvent("control-log", section) == nil)
    }

    @Test("an event of a connection that is called up is read")
    func calledUp() {
        let section = ViciMessage([
            ViciElement("up", .value(Array("yes".utf8))),
            ViciElement("up", .section(["uniqueid": "1", "state": "ESTABLISHED"])),
        ])
        guard case .ikeUp(let ike)? = StrongSwanEvent("ike-updown", section) else {
            Issue.record("not read")
            return
        }
        #expect(ike.name == "up")
    }
}
