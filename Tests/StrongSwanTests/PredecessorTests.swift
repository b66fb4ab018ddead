import IPsec
import StrongSwan
import Testing

@Suite("What renewed SAs stand in the place of")
struct PredecessorTests {
    private static func identifier(_ spi: UInt32, to last: UInt8) throws -> SAIdentifier {
        SAIdentifier(
            spi: try #require(SPI(spi)), destination: IPAddress(v4: 10, 0, 0, last), securityProtocol: .esp)
    }

    @Test("each half of a renewed child SA has the old half of the same direction")
    func renewed() throws {
        let associations = try Recording(name: "list-sas-rekeyed").associations()
        let (oldIn, newIn) = (try Self.identifier(0xc4cc_87f1, to: 1), try Self.identifier(0xc3bd_fc72, to: 1))
        let (oldOut, newOut) = (try Self.identifier(0xc567_01c0, to: 2), try Self.identifier(0xca49_17d9, to: 2))
        #expect(associations.predecessors(of: newIn) == [oldIn])
        #expect(associations.predecessors(of: newOut) == [oldOut])
    }

    @Test("another child has none, nor has what charon does not know")
    func others() throws {
        let associations = try Recording(name: "list-sas-rekeyed").associations()
        #expect(associations.predecessors(of: try Self.identifier(0xc342_beb1, to: 1)) == [])
        #expect(associations.predecessors(of: try Self.identifier(0xc342_beb2, to: 1)) == [])
    }
}
