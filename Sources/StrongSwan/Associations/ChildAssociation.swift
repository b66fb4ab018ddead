package import IPsec

/// A child SA as charon has it: a pair of the kernel's SAs, one each way.
package struct ChildAssociation: Hashable, Sendable, Identifiable {
    /// What charon calls one child SA in its life; a rekeyed one has another. Never 0.
    package struct ID: Hashable, Sendable {
        package let number: UInt32

        /// `nil` for 0, which names none.
        package init?(_ number: UInt32) {
            guard number > 0 else { return nil }
            self.number = number
        }
    }

    package let id: ID
    /// The child's name in charon's configuration; many users may share it.
    package let name: String
    /// The number that ties the kernel's SAs to its policies; it outlives a rekey.
    package let reqid: UInt32?
    package let state: ChildState
    /// `nil` for one of charon's other modes.
    package let mode: ProtocolMode?
    /// `nil` before it is negotiated.
    package let securityProtocol: SecurityProtocol?
    /// The SPI of the packets that come; this end chose it.
    package let inbound: SPI?
    /// The SPI of the packets that go; the far end chose it. `nil` until it has.
    package let outbound: SPI?
    /// Whether ESP is in UDP (RFC 3948).
    package let isUDPEncapsulated: Bool
    /// Whether sequence numbers have 64 bits.
    package let isExtended: Bool
    package let localSelectors: [NegotiatedSelector]
    package let remoteSelectors: [NegotiatedSelector]
    /// How long ago it was installed.
    package let age: Duration?
    /// When this end means to rekey it, from now; `nil` where it does not.
    package let rekeyIn: Duration?
    /// When it expires, from now; `nil` where it does not.
    package let expiresIn: Duration?
}

extension ChildAssociation {
    /// The child SA of a section; `place` says which it is, where it cannot be read.
    init(section: ViciMessage, place: String) throws(ReadingError) {
        let reader = SectionReader(section: section, place: place)
        guard let id = ID(try reader.identifier("uniqueid")) else { throw .missing("uniqueid", in: place) }
        self.id = id
        name = try reader.text("name")
        reqid = try reader.value("reqid") { UInt32($0) }
        state = ChildState(rawValue: try reader.text("state"))
        mode = ProtocolMode.allCases.first { $0.name == section.text("mode")?.lowercased() }
        securityProtocol = SecurityProtocol.allCases.first { $0.name == section.text("protocol")?.lowercased() }
        inbound = try reader.spi("spi-in")
        outbound = try reader.spi("spi-out")
        isUDPEncapsulated = reader.flag("encap")
        isExtended = reader.flag("esn")
        localSelectors = section.list("local-ts").map(NegotiatedSelector.init)
        remoteSelectors = section.list("remote-ts").map(NegotiatedSelector.init)
        age = try reader.seconds("install-time")
        rekeyIn = try reader.seconds("rekey-time")
        expiresIn = try reader.seconds("life-time")
    }
}
