extension StrongSwanEvent {
    /// The events of charon's that are asked for.
    static let names = (first: "ike-updown", others: ["ike-rekey", "child-updown", "child-rekey"])

    /// The event of charon's message; `nil` for one that was not asked for.
    package init?(_ name: String, _ message: ViciMessage) {
        do throws(ReadingError) {
            guard let event = try Self.read(name, message) else { return nil }
            self = event
        } catch {
            self = .unreadable(event: name, error)
        }
    }

    private static func read(_ name: String, _ message: ViciMessage) throws(ReadingError) -> StrongSwanEvent? {
        guard let (connection, section) = message.sections.first else { throw .noSection(in: "the event \(name)") }
        let isUp = message.text("up") == "yes"
        switch name {
        case "ike-updown":
            let ike = try IKEAssociation(name: connection, section: section)
            return isUp ? .ikeUp(ike) : .ikeDown(ike)
        case "child-updown":
            let ike = try IKEAssociation(name: connection, section: section)
            return isUp ? .childUp(ike) : .childDown(ike)
        case "ike-rekey":
            let old = try IKEAssociation(name: connection, section: try half("old", of: section, name))
            return .ikeRekeyed(
                old: old, new: try IKEAssociation(name: connection, section: try half("new", of: section, name)))
        case "child-rekey":
            return try childRekeyed(name, connection, section)
        default:
            return nil
        }
    }

    private static func childRekeyed(
        _ name: String, _ connection: String, _ section: ViciMessage
    ) throws(ReadingError) -> StrongSwanEvent {
        guard let (title, pair) = section.section("child-sas")?.sections.first else {
            throw .noSection(in: "child-sas of the event \(name)")
        }
        let place = "\(title) of the IKE SA \(connection)"
        let old = try ChildAssociation(section: try half("old", of: pair, name), place: place)
        let new = try ChildAssociation(section: try half("new", of: pair, name), place: place)
        let ike = try IKEAssociation(name: connection, section: section) { () throws(ReadingError) in [old, new] }
        return .childRekeyed(ike, old: old, new: new)
    }

    private static func half(
        _ title: String, of section: ViciMessage, _ event: String
    ) throws(ReadingError) -> ViciMessage {
        guard let half = section.section(title) else { throw .missing(title, in: "the event \(event)") }
        return half
    }
}
