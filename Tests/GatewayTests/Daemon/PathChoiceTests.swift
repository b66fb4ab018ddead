import ContextTransfer
import ForwardingPath
import Gateway
import IPsec
import Testing

@Suite("The choice of a new path for SAs")
struct PathChoiceTests {
    /// Figure 10's nodes, and SG3.
    private static let network = Network(
        nodes: Figure.network.nodes + [Node(name: "SG3", role: .securityGateway, addresses: [Figure.address(8)])],
        paths: [PathPair(plane: .data, previous: previous)])
    private static let previous: [NodeName] = ["MN", "PR", "SG1", "G", "RN"]
    private static let short: [NodeName] = ["MN", "NR", "SG2", "G", "RN"]
    private static let long: [NodeName] = ["MN", "NR", "R", "SG3", "G", "RN"]
    /// Through NR back to PR.
    private static let detour: [NodeName] = ["MN", "NR", "PR", "SG1", "G", "RN"]
    private static let gcm = AlgorithmSuite(esp: .aesGCM256)
    private static let cbc = AlgorithmSuite(esp: .aesCBC128, .hmacSHA1)

    private static func best(
        _ words: [NodeName: [AlgorithmSuite?]], profile: [AlgorithmSuite?]? = nil
    ) -> PathChoice? {
        let pair = [Figure.status("up", 0x1001, .inbound), Figure.status("down", 0x2001, .outbound)]
            .compactMap(\.self)
        let known = GatewayPlanner(node: "SG1", network: network, planes: [:]).known(pair)
        let question = PathQuestion(plane: .data, previous: previous, associations: known)
        var terms = PlanTerms()
        for (name, suites) in words {
            terms.words[name] = TakerWord(
                verdicts: [.accepted, .accepted], suites: suites.compactMap(\.self), spiConflict: .deny)
        }
        if let profile { terms.profiles["MN"] = UserProfile(user: "MN", suites: profile.compactMap(\.self)) }
        return [detour, short, long].map { PathChoice($0, for: question, in: network, terms) }.min()
    }

    @Test("the shorter path is better where both can take the SAs")
    func short() {
        let words: [NodeName: [AlgorithmSuite?]] = ["NR": [Self.cbc], "SG2": [Self.gcm], "SG3": [Self.gcm]]
        #expect(Self.best(words)?.nodes == Self.short)
    }

    @Test("a longer path is better than one where an SA cannot go on, or has to be negotiated anew")
    func long() {
        let words: [NodeName: [AlgorithmSuite?]] = ["NR": [Self.cbc], "SG2": [Self.cbc], "SG3": [Self.gcm]]
        #expect(Self.best(words)?.nodes == Self.long)
        #expect(Self.best(words, profile: [Self.gcm, Self.cbc])?.nodes == Self.long)
    }

    @Test(
        "where none can take the SAs as they are, the user's profile says whether others may be negotiated: better than to go back through PR"
    )
    func profile() {
        let words: [NodeName: [AlgorithmSuite?]] = ["NR": [Self.cbc], "SG2": [Self.cbc], "SG3": [Self.cbc]]
        #expect(Self.best(words, profile: [Self.gcm, Self.cbc])?.renegotiated == 2)
        #expect(Self.best(words, profile: [Self.gcm])?.nodes == Self.detour)
    }
}
