import ContextTransfer
import ForwardingPath
import Foundation
import Gateway
import GatewayAPI
import IPsec
import Testing

@Suite("What IKE daemons do with SAs that moved", .timeLimit(.minutes(1)))
struct SuccessionTests {
    private static func pair() throws -> [SecurityAssociation] {
        [
            try SuccessionSite.association("gcm-in-1", 0x1001, .inbound),
            try SuccessionSite.association("gcm-out-1", 0x2001, .outbound),
        ]
    }

    private static func renewed() throws -> [SecurityAssociation] {
        [
            try SuccessionSite.association("gcm-in-2", 0x1002, .inbound),
            try SuccessionSite.association("gcm-out-2", 0x2002, .outbound),
        ]
    }

    private static func policy(of sender: SAIdentifier) -> Policy {
        Policy(
            name: "down", direction: .outbound,
            selectors: [TrafficSelector(source: .all(.v4), destination: .all(.v4))], action: .protect,
            origin: .user("MN"), association: sender)
    }

    private static func policies(of associations: [SecurityAssociation]) -> [Policy] {
        associations.filter { $0.direction == .outbound }.map { policy(of: $0.identifier) }
    }

    @Test(
        "new SAs follow to the gateway that took the old ones, also where the path has turned, and the old ones end there"
    )
    func follows() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        try await site.run(with: old) {
            #expect(site.new.phases == [.inForce, .inForce] && site.old.phases == [])
            // NR is the only router that anybody knows of now.
            let turned = Network(
                nodes: SuccessionSite.network.nodes, paths: [SuccessionSite.path(from: "NR", to: nil)])
            for daemon in [site.previous, site.next] { await daemon.replace(network: turned, because: "a test") }
            try await site.old.install(new, policies: Self.policies(of: new))
            site.oldIKE.tell(
                .renewed(zip(new, old).map { Succession(new: $0.identifier, old: $1.identifier) }))
            await SuccessionSite.event("followed to NR", at: site.previous)
            #expect(Set(site.new.now.associations.keys) == Set((old + new).map(\.identifier)))
            #expect(site.old.phases == [])
            site.oldIKE.tell(.ended(old.map(\.identifier)))
            await SuccessionSite.event("key management at PR says so", at: site.next)
            #expect(Set(site.new.now.associations.keys) == Set(new.map(\.identifier)))
        }
    }

    @Test("an SA that sends follows with the policy by which it does, which key management makes after it")
    func latePolicy() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        let sender = try #require(new.last).identifier
        let policy = Self.policy(of: sender)
        try await site.run(with: old) {
            try await site.old.install(new, policies: [])
            // Not the first times that somebody looks.
            site.old.bring([policy], after: 4)
            site.oldIKE.tell(
                .renewed(zip(new, old).map { Succession(new: $0.identifier, old: $1.identifier) }))
            // What receives waits for none.
            await SuccessionSite.event("gcm-in-2 followed to NR", at: site.previous)
            await SuccessionSite.event("gcm-out-2 followed to NR", at: site.previous)
            #expect(site.new.now.policies.map(\.selectors) == [policy.selectors])
            #expect(site.new.now.policies.map(\.association) == [sender])
        }
    }

    @Test("what a user negotiates anew, whose SAs went, follows in one move with its policies; what came back stays")
    func newcomers() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        var back = try SuccessionSite.association("back", 0x3001, .inbound)
        back.state.installs = 3
        let returned = back
        try await site.run(with: old) {
            site.oldIKE.answer(elsewhere: true)
            site.oldIKE.tell(.ended(old.map(\.identifier)))
            await SuccessionSite.event("key management at PR says so", at: site.next)
            try await site.old.install([new[0], returned], policies: [])
            site.oldIKE.tell(.began([returned.identifier]))
            // Its halves are told of one by one.
            for association in new {
                if association.direction == .outbound { try await site.old.install([association], policies: []) }
                site.oldIKE.tell(.began([association.identifier]))
            }
            site.old.bring(Self.policies(of: new), after: 2)
            let text = await SuccessionSite.event("followed to NR, where the user's SAs had gone", at: site.previous)
            #expect(text?.hasPrefix("gcm-in-2, gcm-out-2 followed") == true)
            #expect(Set(site.new.now.associations.keys) == Set(new.map(\.identifier)))
            #expect(site.new.now.policies.map(\.association) == [new[1].identifier])
            #expect(Array(site.old.now.associations.keys) == [returned.identifier])
        }
    }

    @Test("what is renewed in the place of SAs that ended on their way follows as well")
    func renewedAfterLoss() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        let lost = try SuccessionSite.association("gcm-in-0", 0x1000, .inbound)
        try await site.run(with: old) {
            site.oldIKE.answer(elsewhere: true)
            try await site.old.install(new, policies: Self.policies(of: new))
            site.oldIKE.tell(.renewed(new.map { Succession(new: $0.identifier, old: lost.identifier) }))
            await SuccessionSite.event("followed to NR, where the user's SAs had gone", at: site.previous)
            #expect(site.old.phases == [] && site.new.phases.count == 4)
        }
    }

    @Test("the operator is told once of what is negotiated where nothing comes for it")
    func stranded() async throws {
        let site = try SuccessionSite()
        let new = try Self.renewed()
        let later = try SuccessionSite.association("gcm-in-3", 0x1003, .inbound)
        try await site.run {
            site.oldIKE.answer(elsewhere: true)
            try await site.old.install(new + [later], policies: [])
            for _ in 0..<2 { site.oldIKE.tell(.began(new.map(\.identifier))) }
            let words = "was negotiated at PR, and another gateway answers for its address"
            await SuccessionSite.event("gcm-in-2 \(words)", at: site.previous)
            site.oldIKE.tell(.began([later.identifier]))
            await SuccessionSite.event("gcm-in-3 \(words)", at: site.previous)
            #expect(await SuccessionSite.events(at: site.previous).count { $0.contains(words) } == 2)
            #expect(site.old.phases.count == 3)
        }
    }

    @Test("what is negotiated where it is answered for is nobody's concern")
    func athome() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        try await site.run(with: old) {
            try await site.old.install(new, policies: [])
            site.oldIKE.tell(.began(new.map(\.identifier)))
            site.oldIKE.tell(.ended(old.map(\.identifier)))
            await SuccessionSite.event("key management at PR says so", at: site.next)
            #expect(site.old.phases == [.inForce, .inForce])
            #expect(await !SuccessionSite.events(at: site.previous).contains { $0.contains("gcm-in-2") })
        }
    }

    @Test("an SA in the place of none that moved stays, and so do SAs elsewhere that end here by another's word")
    func strangers() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        let other = try SuccessionSite.association("other", 0x3001, .inbound)
        try await site.run(with: old) {
            try await site.old.install(new + [other], policies: Self.policies(of: new))
            site.oldIKE.tell(.renewed([Succession(new: other.identifier, old: try #require(new.first).identifier)]))
            // NR's IKE daemon does not have what came from PR.
            site.newIKE.tell(.ended(old.map(\.identifier)))
            site.oldIKE.tell(
                .renewed(zip(new, old).map { Succession(new: $0.identifier, old: $1.identifier) }))
            await SuccessionSite.event("followed to NR", at: site.previous)
            #expect(Array(site.old.now.associations.keys) == [other.identifier])
            #expect(site.new.phases.count == 4)
        }
    }

    @Test("an SA that cannot follow stays where it is, and the operator is told")
    func refused() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        try await site.run(with: old) {
            try await site.old.install(new, policies: Self.policies(of: new))
            // NR has such an SPI.
            try await site.new.install(new, policies: [])
            site.oldIKE.tell(
                .renewed(zip(new, old).map { Succession(new: $0.identifier, old: $1.identifier) }))
            let text = await SuccessionSite.event("could not follow to NR", at: site.previous)
            #expect(text?.contains("the SPI is in use") == true)
            #expect(site.old.phases == [.inForce, .inForce])
        }
    }

    private static func user(_ associations: [SecurityAssociation]) -> IKEUser {
        IKEUser(
            number: 1, name: "alice", children: [ConfiguredChild(connection: "lab", child: "gcm")],
            associations: associations.map(\.identifier))
    }

    @Test(
        "after a drain the taker's IKE daemon negotiates with the users, what the other had ends, and its messages go on no more"
    )
    func leaves() async throws {
        let site = try SuccessionSite()
        let pair = try Self.pair()
        try await site.run(with: pair) {
            site.oldIKE.have([Self.user(pair)])
            _ = try await site.previous.drain(
                MoveOrder(selection: MoveSelection(draining: "PR")), by: Caller(name: "alice", role: .operator))
            await SuccessionSite.event("the IKE daemon at PR may end", at: site.previous)
            #expect(site.newIKE.asked == ["negotiate lab gcm", "take messages"])
            #expect(site.oldIKE.asked == ["end alice"])
        }
    }

    @Test("who cannot negotiate takes nothing over: the IKE SA stays, its messages go on, and the operator is told")
    func staysWithoutTaker() async throws {
        let site = try SuccessionSite()
        let pair = try Self.pair()
        try await site.run(with: pair) {
            site.oldIKE.have([Self.user(pair)])
            site.newIKE.refuse("no such connection")
            _ = try await site.previous.drain(
                MoveOrder(selection: MoveSelection(draining: "PR")), by: Caller(name: "alice", role: .operator))
            let text = await SuccessionSite.event("does not take over the IKE SA of alice", at: site.previous)
            #expect(text?.contains("no such connection") == true)
            #expect(site.newIKE.asked == ["negotiate lab gcm"] && site.oldIKE.asked == [])
        }
    }

    @Test("where an SA is about to end, the IKE daemon that has it is asked; where it refuses, the operator is told")
    func softLifetime() async throws {
        let site = try SuccessionSite()
        let pair = try Self.pair()
        try await site.run(with: pair) {
            let identifier = try #require(pair.last).identifier
            site.new.tell(.softLifetimeReached(identifier))
            await SuccessionSite.event("has it renewed", at: site.next)
            #expect(site.oldIKE.asked == ["renew \(identifier.spi)"])
            site.oldIKE.refuse("charon is away")
            let other = try #require(pair.first).identifier
            site.new.tell(.softLifetimeReached(other))
            let text = await SuccessionSite.event("could not have it renewed", at: site.next)
            #expect(text?.contains("charon is away") == true)
        }
    }

    /// Where PR and NR write.
    private struct Journals {
        private let folder = FileManager.default.temporaryDirectory.path + "/ferry-successions-\(UUID().uuidString)"

        init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }

        var paths: [NodeName: String] {
            Dictionary(uniqueKeysWithValues: (["PR", "NR"] as [NodeName]).map { ($0, "\(folder)/\($0.text)") })
        }

        func keep(
            _ record: MoveRecord, _ role: MoveRole, _ number: Int, of identifiers: [SAIdentifier], at node: NodeName,
            back: Bool = false
        ) async throws {
            let move = MoveDescription(
                id: MoveID(UInt128(number)), subject: MoveSubject(address: Figure.address(1)),
                route: back
                    ? MoveRoute(holder: "NR", source: "NR", target: "PR", taker: "PR")
                    : MoveRoute(holder: "PR", source: "PR", target: "NR", taker: "NR"))
            try await Journal(path: paths[node]).keep(
                MoveNote(
                    key: MovePartyKey(id: move.id, role: role), move: move, record: record, identifiers: identifiers,
                    requestedBy: "alice"))
        }
    }

    @Test("what came, went back, came again and is gone with the stack is renewed where it came from")
    func backAndForth() async throws {
        let journals = try Journals()
        defer { journals.remove() }
        let pair = try Self.pair().map(\.identifier)
        try await journals.keep(.released, .taker, 1, of: pair, at: "NR")
        try await journals.keep(.closed(.released), .holder, 2, of: pair, at: "NR", back: true)
        try await journals.keep(.released, .taker, 3, of: pair, at: "NR")
        try await journals.keep(.closed(.released), .holder, 3, of: pair, at: "PR")
        let site = try SuccessionSite(journals: journals.paths)
        try await site.run {
            await SuccessionSite.event("PR has", at: site.next)
            #expect(site.oldIKE.asked.count == 1 && site.newIKE.asked == [])
        }
    }

    @Test("what is in the way of what a user negotiates anew lets it follow when it ends")
    func inTheWay() async throws {
        let site = try SuccessionSite()
        let (old, new) = (try Self.pair(), try Self.renewed())
        try await site.run(with: old) {
            site.oldIKE.answer(elsewhere: true)
            // The old ones send by the same policies there.
            try await site.new.install([], policies: Self.policies(of: old))
            try await site.old.install(new, policies: Self.policies(of: new))
            site.oldIKE.tell(.began(new.map(\.identifier)))
            let text = await SuccessionSite.event("could not follow to NR", at: site.previous)
            #expect(text?.contains("another policy") == true && site.old.phases == [.inForce, .inForce])
            site.oldIKE.tell(.ended(old.map(\.identifier)))
            await SuccessionSite.event("followed to NR, where the user's SAs had gone", at: site.previous)
            #expect(Set(site.new.now.associations.keys) == Set(new.map(\.identifier)))
        }
    }

    @Test("what came just before the taker was restarted ends as well when key management ends it")
    func endsAfterRestart() async throws {
        let journals = try Journals()
        defer { journals.remove() }
        let pair = try Self.pair()
        let identifiers = pair.map(\.identifier)
        try await journals.keep(.closed(.released), .holder, 2, of: identifiers, at: "PR")
        // NR ended when they were in force, and this was not noted.
        try await journals.keep(.installing, .taker, 2, of: identifiers, at: "NR")
        let site = try SuccessionSite(journals: journals.paths)
        try await site.new.install(pair, policies: [])
        try await site.run {
            site.oldIKE.tell(.ended(identifiers))
            await SuccessionSite.event("key management at PR says so", at: site.next)
            #expect(site.new.phases == [])
        }
    }

    @Test(
        "SAs that are nowhere after a restart are renewed by the IKE daemon that negotiated them, here or where they came from",
        arguments: [.closed(.released), .closed(.ended)] as [MoveRecord])
    func missing(record: MoveRecord) async throws {
        let journals = try Journals()
        defer { journals.remove() }
        let (pair, moved) = (try Self.pair(), try Self.renewed().map(\.identifier))
        // PR ended while it took a pair out of service; NR's stack lost what had come.
        try await journals.keep(.mayBeSent, .holder, 1, of: pair.map(\.identifier), at: "PR")
        try await journals.keep(record, .holder, 2, of: moved, at: "PR")
        try await journals.keep(.released, .taker, 2, of: moved, at: "NR")
        let site = try SuccessionSite(journals: journals.paths)
        try await site.old.install([pair[1]], policies: [])
        try await site.run {
            await SuccessionSite.event(
                "the IKE daemon at PR has \(pair[0].identifier.spi) renewed", at: site.previous)
            await SuccessionSite.event("PR has", at: site.next)
            let asked = Set(site.oldIKE.asked.flatMap { $0.split(separator: " ").dropFirst().map(String.init) })
            #expect(asked == Set(([pair[0].identifier] + moved).map { "\($0.spi)" }))
            #expect(site.newIKE.asked == [])
        }
    }
}
