import ConfigurationFiles
import ForwardingPath
import IPsec
import Testing

@Suite("Realms in files")
struct RealmFileTests {
    private static func file(_ realms: String = "realms: [red, blue]", first: String = "[A, B]") -> String {
        """
        nodes:
          A:   {role: mobile-node, realm: red, addresses: [10.0.0.5]}
          B:   {role: mobile-node, realm: blue, addresses: [10.0.0.5]}
          PR:  {role: access-router, \(realms), addresses: [10.0.0.2]}
          NR:  {role: access-router, \(realms), addresses: [10.0.0.3]}
          RN:  {role: remote-node, \(realms), addresses: [10.0.0.4]}
        paths:
          data: {previous: [\(first), PR, RN], next: [\(first), NR, RN]}
        associations:
          - {name: a, from: A, to: PR, spi: 256, encryption: aes-gcm-16-256}
          - {name: b, from: PR, to: B, spi: 256, encryption: aes-gcm-16-256}
        """
    }

    @Test("an SA is in the realm that both ends share, and a path may begin at several nodes")
    func read() throws {
        let file = try NetworkFile.read(Self.file(), file: "net.yaml")
        #expect(file.associations.map(\.identifier.realm.name) == ["red", "blue"])
        #expect(file.associations.map(\.user) == ["A", "B"])
        #expect(
            file.associations.flatMap(\.selectors).map(\.description) == ["10.0.0.5 → 10.0.0.4", "10.0.0.4 → 10.0.0.5"])
        #expect(file.network.path(on: .data)?.previous == ["A", "PR", "RN"])
        #expect(file.network.companions == ["B": "A"])
        #expect(file.plan.associations.map(\.type) == [.five, .five])
        #expect(
            file.plan.associations.flatMap(\.relocations)
                == Array(repeating: Relocation(from: "PR", to: "NR"), count: 2))
    }

    @Test(
        "what is wrong is said with its line and how to put it right",
        arguments: [
            (
                file("realm: red, realms: [blue]"),
                "net.yaml:4: nodes.PR.realm is given beside realms. Put it into realms, or take realms out."
            ),
            (
                file("realms: [red, red]"),
                "net.yaml:4: the realm red is there twice in nodes.PR.realms. Keep one of them."
            ),
            (file("realms: []"), "net.yaml:4: nodes.PR.realms is empty. Name a realm, or take it out."),
            (
                file(first: "[]"),
                "net.yaml:8: paths.data.previous[0] is empty. Name the nodes that the path begins at."
            ),
        ])
    func malformed(text: String, sentence: String) throws {
        let error = #expect(throws: FileError.self) { try NetworkFile.read(text, file: "net.yaml") }
        #expect(error?.description == sentence)
    }
}
