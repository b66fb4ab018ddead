import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("What a router may say")
struct EnvelopeCheckTests {
    private static let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: "SG2")

    private func problem(
        _ message: MoveMessage, _ sender: MoveRole, _ receiver: MoveRole, from peer: NodeName,
        route: MoveRoute = route
    ) -> String? {
        let envelope = MoveEnvelope(
            id: MoveID(1), subject: LoneNode.subject, route: route, sender: sender, receiver: receiver,
            message: message)
        return EnvelopeCheck.problem(with: envelope, from: peer, network: Figure.network)
    }

    @Test(
        "it speaks for itself alone, and to who is to hear it",
        arguments: [
            (.quiesce, .source, .holder, "PR", true), (.quiesce, .source, .holder, "NR", false),
            (.quiesce, .taker, .holder, "SG2", false), (.collect([]), .target, .holder, "NR", false),
            (.settled(.installed), .taker, .target, "SG2", true), (.settled(.installed), .taker, .source, "SG2", false),
            (.settled(.installed), .holder, .source, "SG1", false),
            (.settled(.installed), .taker, .holder, "SG2", false),
            (.settled(.installed), .source, .holder, "PR", true), (.closed(.kept), .holder, .source, "SG1", true),
            (.closed(.kept), .target, .source, "NR", false), (.approved(by: "x"), .target, .source, "NR", true),
            (.approved(by: "x"), .holder, .source, "SG1", false), (.destroy, .source, .taker, "PR", false),
            (.cancel(.busy), .source, .holder, "PR", true), (.cancel(.busy), .holder, .taker, "SG1", false),
            (.request(MoveRequest(offer: Pair.offer)), .holder, .source, "SG1", true),
            (.request(MoveRequest(offer: Pair.offer)), .target, .source, "NR", false),
        ] as [(MoveMessage, MoveRole, MoveRole, NodeName, Bool)])
    func ways(message: MoveMessage, sender: MoveRole, receiver: MoveRole, peer: NodeName, isTaken: Bool) {
        #expect((problem(message, sender, receiver, from: peer) == nil) == isTaken)
    }

    @Test("parties are nodes of the network that may have SAs", arguments: ["RN", "G", "XX"] as [NodeName])
    func nodes(name: NodeName) {
        let route = MoveRoute(holder: "SG1", source: "PR", target: "NR", taker: name)
        #expect(problem(.quiesce, .source, .holder, from: "PR", route: route) != nil)
    }

    @Test("a question is about the move's own subject")
    func subject() {
        var offer = Pair.offer
        #expect(problem(.query(offer), .source, .target, from: "PR") == nil)
        offer.subject = MoveSubject(address: IPAddress(v4: 192, 0, 2, 77))
        #expect(problem(.query(offer), .source, .target, from: "PR") != nil)
        #expect(problem(.request(MoveRequest(offer: offer)), .holder, .source, from: "SG1") != nil)
    }
}
