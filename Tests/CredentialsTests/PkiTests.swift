import Credentials
import ForwardingPath
import Foundation
import Testing

@Suite("Certificates of a network")
struct PkiTests {
    @Test("every node that runs a daemon has a certificate, made without touching the disk")
    func inMemory() throws {
        let pki = try Pki(for: .figure10, named: "figure-10")
        #expect(pki.routers.map(\.identity.description) == ["router MN", "router PR", "router SG1", "router G"])
        #expect(pki.router("SG1")?.identity.node == "SG1")
        #expect(pki.router("RN") == nil)
        #expect((pki.viewer.identity.role, pki.operator.identity.role) == (.viewer, .operator))
    }

    @Test("the directory is private, keys are their owner's, and all can be read back")
    func onDisk() throws {
        let temporary = try Temporary()
        let directory = "\(temporary.path)/new/pki"
        let files = try Pki.write(for: .figure10, named: "figure-10", to: directory)
        let names = ["ca", "MN", "PR", "SG1", "G", "viewer", "operator"]
        #expect(files == names.flatMap { ["\(directory)/\($0).pem", "\(directory)/\($0).key"] })
        #expect(try Temporary.mode(directory) == 0o700)
        for file in files { #expect(try Temporary.mode(file) == (file.hasSuffix(".key") ? 0o600 : 0o644)) }
        let credential = try Credential.load(certificate: "\(directory)/SG1.pem", key: "\(directory)/SG1.key")
        #expect(credential.identity == PeerIdentity(router: "SG1"))
        _ = try CertificateAuthority.load(from: directory).issue(PeerIdentity(router: "SG9"))
    }

    @Test("nothing is overwritten, and nothing is left behind")
    func overwrite() throws {
        let temporary = try Temporary()
        let directory = "\(temporary.path)/pki"
        try Pki.write(for: .figure10, named: "a", to: directory)
        let before = try String(contentsOfFile: "\(directory)/ca.pem", encoding: .utf8)
        #expect(throws: CredentialError.exists("\(directory)/ca.pem")) {
            try Pki.write(for: .figure10, named: "a", to: directory)
        }
        #expect(try String(contentsOfFile: "\(directory)/ca.pem", encoding: .utf8) == before)
        try FileManager.default.removeItem(atPath: directory)
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try FileManager.default.createSymbolicLink(atPath: "\(directory)/operator.key", withDestinationPath: "/nowhere")
        #expect(throws: CredentialError.exists("\(directory)/operator.key")) {
            try Pki.write(for: .figure10, named: "a", to: directory)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["operator.key"])
    }

    @Test("an empty directory is closed to others, one with files in it is not touched")
    func openDirectory() throws {
        let temporary = try Temporary()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: temporary.path)
        try Pki.write(for: .figure10, named: "a", to: temporary.path)
        #expect(try Temporary.mode(temporary.path) == 0o700)
        let shared = try Temporary()
        try Data().write(to: URL(fileURLWithPath: "\(shared.path)/notes"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: shared.path)
        #expect(throws: CredentialError.openDirectory(shared.path, mode: 0o755)) {
            try Pki.write(for: .figure10, named: "a", to: shared.path)
        }
        #expect(try Temporary.mode(shared.path) == 0o755)
    }

    @Test("what cannot be written or read is named")
    func unwritable() throws {
        let temporary = try Temporary()
        let file = "\(temporary.path)/file"
        try Data("x".utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        #expect(throws: CredentialError.unwritable(file, reason: "it is not a directory")) {
            try Pki.write(for: .figure10, named: "a", to: file)
        }
        #expect(throws: CredentialError.unreadable("\(file)/ca.pem", reason: "not a directory")) {
            try CertificateAuthority.load(from: file)
        }
        #expect(throws: CredentialError.unreadable("/nowhere/ca.pem", reason: "no such file or directory")) {
            try CertificateAuthority.load(from: "/nowhere")
        }
    }

    @Test("a node cannot have the name of a file that is always made", arguments: ["ca", "viewer", "Operator"])
    func reserved(name: String) throws {
        let temporary = try Temporary()
        let node = Node(name: try #require(NodeName(name)), role: .securityGateway)
        #expect(throws: CredentialError.reservedName(name)) {
            try Pki.write(for: Network(nodes: [node]), named: "a", to: "\(temporary.path)/pki")
        }
    }

    @Test(
        "openssl believes the certificates",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")))
    func openssl() throws {
        let temporary = try Temporary()
        let directory = "\(temporary.path)/pki"
        try Pki.write(for: .figure10, named: "figure-10", to: directory)
        for name in ["MN", "SG1", "viewer", "operator"] {
            for purpose in ["sslserver", "sslclient"] {
                let verify = Process()
                verify.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
                verify.arguments = [
                    "verify", "-x509_strict", "-purpose", purpose, "-verify_hostname", name,
                    "-CAfile", "\(directory)/ca.pem", "\(directory)/\(name).pem",
                ]
                verify.standardOutput = Pipe()
                try verify.run()
                verify.waitUntilExit()
                #expect(verify.terminationStatus == 0)
            }
        }
    }
}
