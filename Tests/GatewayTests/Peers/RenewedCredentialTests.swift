import Credentials
import ForwardingPath
import Gateway
import Testing

@Suite("Links whose certificates are renewed", .timeLimit(.minutes(1)))
struct RenewedCredentialTests {
    @Test("connections that are open go on, also where the other end would not take the new certificate")
    func open() async throws {
        let (routers, renewed) = (try Routers(), try Routers())
        let (one, other) = (try routers.links("A"), try routers.links("B"))
        let credential = try renewed.credential("A")
        try await routers.running(one, other) {
            one.send(message(numbered: 1), to: "B")
            other.send(message(numbered: 2), to: "A")
            #expect(await receive(1, by: other) == [message(numbered: 1)])
            #expect(await receive(1, by: one) == [message(numbered: 2)])
            try one.renew(credential, authority: renewed.pki.authority.certificatePEM)
            one.send(message(numbered: 3), to: "B")
            other.send(message(numbered: 4), to: "A")
            #expect(await receive(1, by: other) == [message(numbered: 3)])
            #expect(await receive(1, by: one) == [message(numbered: 4)])
        }
    }

    @Test("who dials anew is known by the new authority, and refused by the old one")
    func new() async throws {
        let (routers, renewed, log) = (try Routers(), try Routers(), Logbook())
        let one = try routers.links("A", log: log)
        let (old, new) = (try routers.credential("B"), try renewed.credential("B"))
        try await routers.running(one) {
            try one.renew(try renewed.credential("A"), authority: renewed.pki.authority.certificatePEM)
            let refused = try await Stranger(
                port: one.boundPort, credential: old, authority: renewed.pki.authority.certificatePEM)
            await refused.isClosed()
            #expect(await log.first(containing: "CERTIFICATE_VERIFY_FAILED") != nil)
            let taken = try await Stranger(
                port: one.boundPort, credential: new, authority: renewed.pki.authority.certificatePEM)
            taken.say(message(numbered: 5))
            #expect(await receive(1, by: one) == [message(numbered: 5)])
            taken.leave()
        }
    }

    @Test("who is dialled anew is shown the new certificate")
    func dialled() async throws {
        let (routers, renewed) = (try Routers(), try Routers())
        let (one, other) = (try routers.links("A"), try renewed.links("B"))
        try one.renew(try renewed.credential("A"), authority: renewed.pki.authority.certificatePEM)
        try await routers.running(one, other) {
            one.send(message(numbered: 6), to: "B")
            #expect(await receive(1, by: other) == [message(numbered: 6)])
        }
    }

    @Test("what TLS cannot use changes nothing")
    func unusable() async throws {
        let routers = try Routers()
        let (one, other) = (try routers.links("A"), try routers.links("B"))
        let credential = try routers.credential("A")
        #expect(throws: PeerLinksError.self) { try one.renew(credential, authority: "nonsense") }
        try await routers.running(one, other) {
            other.send(message(numbered: 7), to: "A")
            #expect(await receive(1, by: one) == [message(numbered: 7)])
        }
    }
}
