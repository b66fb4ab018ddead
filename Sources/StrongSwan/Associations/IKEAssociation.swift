/// An IKE SA as charon has it, with its child SAs.
package struct IKEAssociation: Hashable, Sendable, Identifiable {
    /// What charon calls one IKE SA in its life; a rekeyed one has another. Never 0.
    package struct ID: Hashable, Sendable {
        package let number: UInt32

        /// `nil` for 0, which names none.
        package init?(_ number: UInt32) {
            guard number > 0 else { return nil }
            self.number = number
        }
    }

    package let id: ID
    /// The connection's name in charon's configuration; many users may share it.
    package let name: String
    /// 1 or 2.
    package let version: Int
    package let state: IKEState
    package let local: IKEEnd
    package let remote: IKEEnd
    /// Whether this end began it.
    package let isInitiator: Bool
    /// The 64-bit SPIs of IKE's header (RFC 7296 section 3.1): what an IKE packet of this SA is known by. The
    /// responder's is 0 until it has answered.
    package let initiatorSPI: UInt64
    package let responderSPI: UInt64
    /// How long ago it was established; `nil` before.
    package let age: Duration?
    /// When this end means to rekey it, from now; `nil` where it does not.
    package let rekeyIn: Duration?
    /// What it negotiated, in charon's order.
    package let children: [ChildAssociation]

    /// The identity of the user at the far end: the one that EAP or XAuth proved, else IKE's own. Empty before it is
    /// known. What is no printable character in it becomes U+FFFD, since the far end chose it.
    package var user: String { remote.user ?? "" }
}

extension IKEAssociation {
    /// The IKE SA of a section of `list-sa` or of an event; `name` is that of the section.
    package init(name: String, section: ViciMessage) throws(ReadingError) {
        let place = "the IKE SA \(name)"
        self = try IKEAssociation(name: name, section: section) { () throws(ReadingError) in
            var children: [ChildAssociation] = []
            for child in section.section("child-sas")?.sections ?? [] {
                children.append(try ChildAssociation(section: child.section, place: "\(child.name) of \(place)"))
            }
            return children
        }
    }

    /// The IKE SA of a section whose child SAs are read by `children`.
    init(
        name: String, section: ViciMessage, children: () throws(ReadingError) -> [ChildAssociation]
    ) throws(ReadingError) {
        let reader = SectionReader(section: section, place: "the IKE SA \(name)")
        guard let id = ID(try reader.identifier("uniqueid")) else { throw .missing("uniqueid", in: reader.place) }
        self.id = id
        self.name = name
        version = try reader.value("version") { Int($0) } ?? 0
        state = IKEState(rawValue: try reader.text("state"))
        local = try IKEEnd(reader, "local")
        remote = try IKEEnd(reader, "remote")
        isInitiator = reader.flag("initiator")
        initiatorSPI = try reader.value("initiator-spi") { UInt64($0, radix: 16) } ?? 0
        responderSPI = try reader.value("responder-spi") { UInt64($0, radix: 16) } ?? 0
        age = try reader.seconds("established")
        rekeyIn = try reader.seconds("rekey-time")
        self.children = try children()
    }

    /// The IKE SAs of a message, each in a section of its connection's name.
    static func all(in message: ViciMessage) throws(ReadingError) -> [IKEAssociation] {
        var associations: [IKEAssociation] = []
        for (name, section) in message.sections {
            associations.append(try IKEAssociation(name: name, section: section))
        }
        return associations
    }
}
