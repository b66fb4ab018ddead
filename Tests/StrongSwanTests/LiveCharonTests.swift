import Foundation
import StrongSwan
import Testing

/// A real charon, where there is one: FERRY_CHARON is its socket, FERRY_CHARON_CHILD a child of its configuration whose
/// far end answers, and which is not there yet.
private enum LiveCharon {
    static let socket = ProcessInfo.processInfo.environment["FERRY_CHARON"]
    static let child = ProcessInfo.processInfo.environment["FERRY_CHARON_CHILD"]
}

@Suite("A real charon", .enabled(if: LiveCharon.socket != nil))
struct LiveCharonTests {
    @Test("a child SA is negotiated, rekeyed and ended, its IKE SA too, and each is told")
    func story() async throws {
        let name = try #require(LiveCharon.child)
        let strongSwan = StrongSwan(path: try #require(LiveCharon.socket))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await strongSwan.run() }
            defer { group.cancelAll() }
            _ = try await next(strongSwan) { if case .connected(let version?) = $0 { version } else { nil } }
            try await strongSwan.initiate(child: name, within: .seconds(20))
            let up = try await next(strongSwan) { if case .childUp(let ike) = $0 { ike } else { nil } }
            let child = try #require(up.children.first)
            #expect(child.name == name && child.state == .installed)
            #expect(try await children(strongSwan) == [child.id])

            try await strongSwan.rekey(child: child.id)
            let (old, new) = try await next(strongSwan) { event in
                if case .childRekeyed(_, let old, let new) = event { (old, new) } else { nil }
            }
            #expect(old.id == child.id && new.id != child.id && new.reqid == child.reqid)

            try await strongSwan.rekey(ike: up.id)
            let ike = try await next(strongSwan) { if case .ikeRekeyed(_, let new) = $0 { new } else { nil } }
            #expect(try await strongSwan.associations().contains { $0.id == ike.id })
            #expect(try await children(strongSwan).contains(new.id))

            try await strongSwan.terminate(child: new.id, within: .seconds(20))
            let down = try await next(strongSwan) { if case .childDown(let ike) = $0 { ike } else { nil } }
            #expect(down.children.map(\.id) == [new.id])
            try await strongSwan.terminate(ike: ike.id, force: false, within: .seconds(20))
            _ = try await next(strongSwan) {
                if case .ikeDown(let ended) = $0, ended.id == ike.id { true } else { nil }
            }
            #expect(try await strongSwan.associations().isEmpty)
        }
    }

    @Test("what does not exist is refused in charon's words")
    func refusals() async throws {
        let strongSwan = StrongSwan(path: try #require(LiveCharon.socket))
        let child = try #require(ChildAssociation.ID(.max))
        let ike = try #require(IKEAssociation.ID(.max))
        let nothing = ViciFailure.refused(command: "rekey", reason: "no matching SAs to rekey found")
        await #expect(throws: nothing) { try await strongSwan.rekey(child: child) }
        await #expect(throws: nothing) { try await strongSwan.rekey(ike: ike) }
        let none = ViciFailure.refused(command: "terminate", reason: "no matching SAs to terminate found")
        await #expect(throws: none) { try await strongSwan.terminate(child: child, within: .seconds(1)) }
        await #expect(throws: none) { try await strongSwan.terminate(ike: ike, force: true, within: .seconds(1)) }
        await #expect(throws: ViciFailure.self) { try await strongSwan.initiate(child: "nobody", within: .seconds(1)) }
        #expect(try await strongSwan.connections().contains { $0.children.contains { $0.name == LiveCharon.child } })
    }

    /// The first event, of those not taken yet, that `read` makes something of.
    private func next<Value>(
        _ strongSwan: StrongSwan, _ read: (StrongSwanEvent) -> Value?
    ) async throws -> Value {
        for await event in strongSwan.events {
            if let value = read(event) { return value }
        }
        throw CancellationError()
    }

    private func children(_ strongSwan: StrongSwan) async throws -> [ChildAssociation.ID] {
        try await strongSwan.associations().flatMap(\.children).map(\.id)
    }
}
