import Credentials
import Crypto
import ForwardingPath
import Foundation
import SwiftASN1
import Testing
import X509

@Suite("Identities")
struct PeerIdentityTests {
    /// A certificate with these subject alternative names, signed by itself.
    private func certificate(_ names: [GeneralName]?) throws -> Certificate {
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName("x") }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: Date(), notValidAfter: Date() + 60, issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                if let names { SubjectAlternativeNames(names) }
            },
            issuerPrivateKey: key)
    }

    @Test("a certificate says who it belongs to", arguments: PeerRole.allCases)
    func identity(role: PeerRole) throws {
        let names: [GeneralName] = [
            .dnsName("SG2"), .uniformResourceIdentifier("https://example.org"),
            .uniformResourceIdentifier("ferry:\(role.rawValue):SG1"),
        ]
        let identity = try PeerIdentity(certificate(names))
        #expect((identity.role, identity.name) == (role, "SG1"))
        #expect(identity.uri == "ferry:\(role.rawValue):SG1")
        #expect(identity.node == (role == .router ? "SG1" : nil))
    }

    @Test(
        "a certificate that does not say so clearly is refused",
        arguments: [
            ([], IdentityError.missing),
            ([.dnsName("ferry:router:SG1"), .dnsName("SG1")], .missing),
            ([.uniformResourceIdentifier("FERRY:router:SG1")], .missing),
            ([.uniformResourceIdentifier("ferry:root:SG1")], .unknownRole("ferry:root:SG1")),
            ([.uniformResourceIdentifier("ferry:")], .unknownRole("ferry:")),
            ([.uniformResourceIdentifier("ferry:router")], .malformedName("ferry:router")),
            ([.uniformResourceIdentifier("ferry:router:")], .malformedName("ferry:router:")),
            ([.uniformResourceIdentifier("ferry:router:../SG1")], .malformedName("ferry:router:../SG1")),
            ([.uniformResourceIdentifier("ferry:router:SG1:x")], .malformedName("ferry:router:SG1:x")),
            (
                [.uniformResourceIdentifier("ferry:viewer:a"), .uniformResourceIdentifier("ferry:operator:a")],
                .several(["ferry:viewer:a", "ferry:operator:a"])
            ),
        ] as [([GeneralName], IdentityError)])
    func refusal(names: [GeneralName], expected: IdentityError) throws {
        let certificate = try certificate(names)
        #expect(throws: expected) { try PeerIdentity(certificate) }
    }

    @Test("a certificate without alternative names has no identity")
    func noNames() throws {
        let certificate = try certificate(nil)
        #expect(throws: IdentityError.missing) { try PeerIdentity(certificate) }
    }

    @Test("bytes that are no certificate are refused")
    func garbage() {
        for bytes in [[], [0x30], [UInt8](repeating: 0xff, count: 300)] {
            let error = #expect(throws: IdentityError.self) { try PeerIdentity(der: bytes) }
            guard case .unreadable = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
    }

    @Test("an error shows no control characters of a stranger's certificate")
    func escaping() {
        #expect(!IdentityError.unknownRole("ferry:\u{1b}[31m").description.contains("\u{1b}"))
    }
}
