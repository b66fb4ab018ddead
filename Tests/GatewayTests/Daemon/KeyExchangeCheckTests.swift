import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("Who may negotiate")
struct KeyExchangeCheckTests {
    @Test(
        "a node negotiates for itself alone, and with this one",
        arguments: [
            ("SG2", "SG2", "SG1", true), ("SG2", "PR", "SG1", false), ("SG2", "SG2", "NR", false),
            ("MN", "MN", "SG1", true), ("G", "G", "SG1", false), ("RN", "RN", "SG1", false),
            ("X", "X", "SG1", false),
        ] as [(NodeName, String, String, Bool)])
    func speaks(peer: NodeName, sender: String, receiver: String, isTaken: Bool) {
        let message = KeyExchangeMessage(
            id: KeyExchangeID(upper: 1, lower: 2), sender: sender, receiver: receiver, content: .inUse)
        let problem = KeyExchangeCheck.problem(with: message, from: peer, at: "SG1", network: Figure.network)
        #expect((problem == nil) == isTaken, "\(problem ?? "")")
    }

    @Test(
        "an SA's end is replaced by the node at it, or by a gateway of the paths",
        arguments: [("SG1", true), ("SG2", true), ("NR", true), ("G", false), ("RN", false), ("MN", false)]
            as [(NodeName, Bool)])
    func replaces(peer: NodeName, isAllowed: Bool) throws {
        // As MN has it: the far end is SG1.
        var template = AssociationTemplate(try #require(Figure.status("up", 0x1001, .inbound)).association)
        template.direction = .outbound
        #expect(KeyExchangeCheck.mayReplace(template, as: peer, network: Figure.network) == isAllowed)
    }
}
