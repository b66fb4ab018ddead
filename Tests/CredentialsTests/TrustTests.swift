import Credentials
import ForwardingPath
import Foundation
import Testing

@Suite("A credential under an authority")
struct TrustTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("it ends with its own certificate, or with the authority's if that is earlier")
    func end() throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let credential = try authority.issue(PeerIdentity(router: "SG1"), now: now)
        #expect(try credential.end(under: authority.certificatePEM, now: now) == now + CertificateAuthority.validity)
        let other = try CertificateAuthority(name: "other", now: now)
        let both = other.certificatePEM + authority.certificatePEM
        #expect(try credential.end(under: both, now: now) == now + CertificateAuthority.validity)
    }

    @Test("one of another authority is foreign, also where the authorities have one name")
    func foreign() throws {
        let credential = try CertificateAuthority(name: "lab", now: now).issue(PeerIdentity(router: "SG1"), now: now)
        let other = try CertificateAuthority(name: "lab", now: now)
        #expect(throws: TrustError.foreign) { try credential.end(under: other.certificatePEM, now: now) }
    }

    @Test("one that is not valid yet, or no more, is not good", arguments: [-7_200, 366 * 86_400] as [TimeInterval])
    func validity(offset: TimeInterval) throws {
        let authority = try CertificateAuthority(name: "lab", now: now - 86_400)
        let credential = try authority.issue(PeerIdentity(router: "SG1"), now: now)
        let error = #expect(throws: TrustError.self) {
            try credential.end(under: authority.certificatePEM, now: now + offset)
        }
        guard case .invalid = error else {
            Issue.record("The error is another one.")
            return
        }
    }

    @Test("an authority's certificate that is none, or is not valid, is told as the authority's fault")
    func authority() throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let credential = try authority.issue(PeerIdentity(router: "SG1"), now: now)
        #expect(throws: TrustError.notAnAuthority) { try credential.end(under: credential.certificatePEM, now: now) }
        for (text, time) in [("", now), ("ca", now), (authority.certificatePEM, now - 7_200)] {
            let error = #expect(throws: TrustError.self) { try credential.end(under: text, now: time) }
            #expect(error?.isOfAuthority == true)
        }
    }
}
