import IPPackets
import IPsec
import Testing
import UserspaceIPsec

@Suite("Packets of another implementation")
struct ScapyTests {
    /// A line of `scapy-packets.tsv`; its first line says what the columns are.
    struct Case: CustomTestStringConvertible, Sendable {
        let fields: [String]

        var testDescription: String { fields[..<7].joined(separator: " ") }
        var high: UInt64? { UInt64(fields[5]) }
        var number: UInt64 { (high ?? 0) << 32 | (UInt64(fields[6]) ?? 0) }
        var before: [UInt8] { octets(fields[12]) }
        var after: [UInt8] { octets(fields[13]) }

        func association(_ direction: Direction) throws -> SecurityAssociation {
            let integrity = IntegrityAlgorithm(name: fields[2])
            let encryption = EncryptionAlgorithm(name: fields[1])
            let suite = try #require(
                encryption.map { AlgorithmSuite(esp: $0, integrity) } ?? integrity.map { AlgorithmSuite(ah: $0) })
            let keys = try #require(
                KeyedSuite(suite, encryptionKey: key(fields[10]), integrityKey: key(fields[11])))
            var attributes = StaticAttributes(mode: fields[3] == "tunnel" ? .tunnel : .transport, keys: keys)
            attributes.selectors = Samples.attributes(suite).selectors
            attributes.extendedSequenceNumbers = high != nil
            attributes.encapsulation = fields[4] == "udp" ? UDPEncapsulation() : nil
            return Samples.association(
                attributes, from: Samples.address(fields[7]), to: Samples.address(fields[8]), direction)
        }

        private func key(_ field: String) -> KeyMaterial { KeyMaterial(octets: field == "-" ? [] : octets(field)) }
    }

    @Test("what scapy protected, the engine accepts", arguments: try Fixture.table("scapy-packets.tsv").map(Case.init))
    func accepted(_ sample: Case) throws {
        var inbound = try sample.association(.inbound)
        if sample.high != nil {
            inbound.state.window = ReplayWindow(
                size: 64, highest: SequenceNumber(sample.number - 1), bitmap: [1, 0])
        }
        let destination = try IPPacket(sample.before).destination
        let engine = Node([inbound.identifier.destination, destination])
        try engine.install([inbound], policies: [Samples.protect(inbound)])
        let outputs = engine.receive(sample.after)
        #expect(outputs.delivered.map(hex) == [hex(sample.before)])
    }

    @Test(
        "where no IV or identification is free to choose, the engine makes the same octets as scapy",
        arguments: try Fixture.table("scapy-packets.tsv").map(Case.init)
            .filter { $0.fields[1] == "null" || $0.fields[0] == "ah" && $0.fields[7].contains(":") })
    func same(_ sample: Case) throws {
        var outbound = try sample.association(.outbound)
        outbound.state.lastSent = SequenceNumber(sample.number - 1)
        let engine = Node([outbound.source])
        try engine.install([outbound], policies: [Samples.protect(outbound)])
        let made = try #require(engine.send(sample.before).transmitted.first)
        #expect(hex(try IPPacket(made).payload) == hex(try IPPacket(sample.after).payload))
    }
}
