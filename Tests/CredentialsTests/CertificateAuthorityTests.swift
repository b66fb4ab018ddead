import Credentials
import ForwardingPath
import Foundation
import SwiftASN1
import Testing
@_spi(FixedExpiryValidationTime) import X509

@Suite("Certificate authority")
struct CertificateAuthorityTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func operatorIdentity() throws -> PeerIdentity { try #require(PeerIdentity(role: .operator, name: "kim")) }

    /// Whether a verifier that knows only `authority` believes a certificate at a time.
    private func accepts(_ authority: CertificateAuthority, _ credential: Credential, at time: Date) async throws
        -> Bool
    {
        let root = try Certificate(pemEncoded: authority.certificatePEM)
        let leaf = try Certificate(pemEncoded: credential.certificatePEM)
        var verifier = Verifier(rootCertificates: CertificateStore([root])) {
            RFC5280Policy(fixedExpiryValidationTime: time)
        }
        guard case .validCertificate = await verifier.validate(leaf: leaf, intermediates: CertificateStore()) else {
            return false
        }
        return true
    }

    @Test("an issued certificate is valid from an hour ago for a year, under its own authority only")
    func validity() async throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let other = try CertificateAuthority(name: "lab", now: now)
        let credential = try authority.issue(PeerIdentity(router: "SG1"), now: now)
        for (offset, valid) in [
            (-3_700.0, false), (-3_500, true), (0, true), (364 * 86_400, true), (366 * 86_400, false),
        ] {
            #expect(try await accepts(authority, credential, at: now + offset) == valid)
        }
        #expect(try await !accepts(other, credential, at: now))
    }

    @Test("no certificate outlives its authority")
    func end() throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let late = try authority.issue(
            PeerIdentity(router: "SG1"), now: now + CertificateAuthority.ownValidity - 86_400)
        let certificate = try Certificate(pemEncoded: late.certificatePEM)
        #expect(certificate.notValidAfter == now + CertificateAuthority.ownValidity)
    }

    @Test("a certificate carries identity, DNS name and usage, and no two have the same serial number")
    func content() throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let credential = try authority.issue(PeerIdentity(router: "SG1"), now: now)
        let certificate = try Certificate(pemEncoded: credential.certificatePEM)
        #expect(try PeerIdentity(certificate) == PeerIdentity(router: "SG1"))
        let names = try #require(try certificate.extensions.subjectAlternativeNames)
        #expect(Array(names) == [.dnsName("SG1"), .uniformResourceIdentifier("ferry:router:SG1")])
        let usage = try #require(try certificate.extensions.extendedKeyUsage)
        #expect(usage.contains(.serverAuth) && usage.contains(.clientAuth))
        #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
        let second = try Certificate(
            pemEncoded: try authority.issue(PeerIdentity(router: "SG1"), now: now).certificatePEM)
        #expect(certificate.serialNumber != second.serialNumber)
        #expect(certificate.publicKey != second.publicKey)
    }

    @Test("an authority goes on after its certificate and key were stored")
    func stored() async throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let later = try CertificateAuthority(certificatePEM: authority.certificatePEM, keyPEM: authority.keyPEM)
        let credential = try later.issue(try operatorIdentity(), now: now)
        #expect(try await accepts(authority, credential, at: now))
    }

    @Test("PEM that does not fit is refused, and no error or description shows a key")
    func mismatch() throws {
        let authority = try CertificateAuthority(name: "lab", now: now)
        let credential = try authority.issue(try operatorIdentity(), now: now)
        let read = try Credential(certificatePEM: credential.certificatePEM, keyPEM: credential.keyPEM)
        #expect(read.identity.description == "operator kim")
        #expect(throws: CredentialError.mismatch) {
            try Credential(certificatePEM: credential.certificatePEM, keyPEM: authority.keyPEM)
        }
        #expect(throws: CredentialError.notAnAuthority) {
            try CertificateAuthority(certificatePEM: credential.certificatePEM, keyPEM: credential.keyPEM)
        }
        #expect(throws: CredentialError.identity(.missing)) {
            try Credential(certificatePEM: authority.certificatePEM, keyPEM: authority.keyPEM)
        }
        let damaged = credential.keyPEM.replacing("PRIVATE KEY", with: "PRIVATE")
        let error = #expect(throws: CredentialError.self) {
            try Credential(certificatePEM: credential.certificatePEM, keyPEM: damaged)
        }
        let line = try #require(credential.keyPEM.split(separator: "\n").dropFirst().first)
        #expect(!String(describing: error).contains(line))
        #expect(!"\(credential)".contains(line) && !String(reflecting: credential).contains(line))
        var dumped = ""
        dump(credential, to: &dumped)
        #expect(!dumped.contains(line))
    }
}
