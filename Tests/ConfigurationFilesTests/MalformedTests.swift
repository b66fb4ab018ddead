import ConfigurationFiles
import Testing

@Suite("Malformed files")
struct MalformedTests {
    @Test(
        "what is wrong in a file is said with its line and how to put it right",
        arguments: [
            // A piece of figure 10's file, what is written there instead, and the message behind the file's name.
            (
                "[MN, PR, SG1, G, RN]", "[MN, PR, SG9, G, RN]",
                "12: unknown node \"SG9\" in paths.data.previous; known nodes are MN, PR, SG1, NR, SG2, G, "
                    + "RN. Add it under nodes: or correct the name."
            ),
            (
                "[MN, PR, SG1, G, RN]", "[MN, [PR], SG1, G, RN]",
                "12: paths.data.previous[1] is a list, and must be the name of a node. Write one of MN, PR, "
                    + "SG1, NR, SG2, G, RN."
            ),
            (
                "[MN, PR, SG1, G, RN]", "MN",
                "12: paths.data.previous is \"MN\", and must be a list of nodes. Write it as [MN, PR, SG1, G, RN]."
            ),
            (
                "previous:", "prevous:",
                "12: unknown key \"prevous\" in paths.data. Did you mean \"previous\"? Known keys are "
                    + "previous, next."
            ),
            (
                "    previous: [MN, PR, SG1, G, RN]\n", "",
                "12: the key \"previous\" is missing in paths.data. Add it, for example `previous: [MN, PR, "
                    + "SG1, G, RN]`."
            ),
            (
                "data:  ", "date:  ",
                "11: unknown plane \"date\" in paths. Did you mean \"data\"? Known are data, control, management."
            ),
            (
                "role: router", "role: ruter",
                "8: unknown role \"ruter\" in nodes.G.role. Did you mean \"router\"? Known are mobile-node, "
                    + "access-router, security-gateway, router, remote-node."
            ),
            (
                "role: router,   ", "rolle: router,   ",
                "8: unknown key \"rolle\" in nodes.G. Did you mean \"role\"? Known keys are role, addresses, "
                    + "realm, realms, daemon, algorithms, capacity, replay-window, count."
            ),
            (
                "role: router,", "",
                "8: the key \"role\" is missing in nodes.G. Add it, for example `role: security-gateway`."
            ),
            (
                "[127.10.0.3]", "[127.10.0.300]",
                "5: nodes.SG1.addresses is \"127.10.0.300\", and must be an IP address. Write it like "
                    + "192.0.2.1 or 2001:db8::1."
            ),
            (
                "[127.10.0.3]", "[127.10.0.1]",
                "5: the address 127.10.0.1 of SG1 is already an address of MN. Give each node its own, or put "
                    + "one of them in another realm."
            ),
            (
                "[127.10.0.3]", "127.10.0.3",
                "5: nodes.SG1.addresses is \"127.10.0.3\", and must be a list. Write it as [one, two]."
            ),
            ("[127.10.0.3]", "[]", "5: nodes.SG1.addresses is empty. Give the node at least one address."),
            (
                "addresses: [127.10.0.3]", "addresses: ",
                "5: the key \"addresses\" is missing in nodes.SG1. Add it, for example `addresses: [127.10.0.3]`."
            ),
            (
                "  SG2:", "  SG1:",
                "5: the key \"SG1\" is there more than once in one mapping, first here. Keep one of them, or "
                    + "give each its own name."
            ),
            (
                "  SG2:", "  \"../x\":",
                "7: \"../x\" in nodes is not a name. Use up to 63 letters, digits, `-`, `_` and `.`, first a "
                    + "letter or digit."
            ),
            (
                "nodes:", "node:",
                "2: unknown key \"node\". Did you mean \"nodes\"? Known keys are name, nodes, links, paths, "
                    + "mappings, gateway-identity, policies, profiles, associations, description, watch, traffic, timeline, "
                    + "spi-conflict, approval, expect."
            ),
            (
                "0x1001", "0xff",
                "15: associations[0].spi is 255, and 0 to 255 are reserved. Choose one from 0x100 to 0xffffffff."
            ),
            (
                "0x1001", "0x100000000",
                "15: associations[0].spi is \"0x100000000\", and must be a whole number from 0 to 4294967295. "
                    + "Choose a number in that range."
            ),
            (
                "0x1001", "4097.5",
                "15: associations[0].spi is \"4097.5\", and must be a whole number from 0 to 4294967295. "
                    + "Write it without quotes, unit or fraction."
            ),
            (
                "0x1001", "\"0x1001\"",
                "15: associations[0].spi is \"0x1001\", and must be a whole number from 0 to 4294967295. "
                    + "Write it without quotes, unit or fraction."
            ),
            (
                "spi: 0x1001, ", "",
                "15: the key \"spi\" is missing in associations[0]. Add it, for example `spi: 0x1001`."
            ),
            (
                "aes-gcm-16-256", "aes-gcm-256",
                "15: unknown encryption algorithm \"aes-gcm-256\" in associations[0].encryption. Did you mean "
                    + "\"aes-cbc-256\"? Known are null, aes-cbc-128, aes-cbc-192, aes-cbc-256, aes-gcm-16-128, "
                    + "aes-gcm-16-256, chacha20-poly1305."
            ),
            (
                "aes-gcm-16-256", "aes-cbc-256",
                "15: associations[0].encryption is aes-cbc-256, which needs an integrity algorithm beside it. "
                    + "Add it, for example `integrity: hmac-sha-256-128`."
            ),
            (
                "aes-gcm-16-256", "aes-gcm-16-256, integrity: hmac-sha-256-128",
                "15: associations[0].integrity is given, and aes-gcm-16-256 protects integrity itself. Take it out."
            ),
            (
                ", encryption: aes-gcm-16-256", "",
                "15: the key \"encryption\" is missing in associations[0]. Add it, for example `encryption: "
                    + "aes-gcm-16-256`."
            ),
            (
                "protocol: esp", "protocol: ah",
                "15: associations[0].encryption is given, and AH encrypts nothing. Take it out, or use esp."
            ),
            (
                "protocol: esp", "protocol: gre",
                "15: unknown protocol \"gre\" in associations[0].protocol. Known are esp, ah."
            ),
            (
                "mode: tunnel", "mode: tunel",
                "15: unknown mode \"tunel\" in associations[0].mode. Did you mean \"tunnel\"? Known are "
                    + "transport, tunnel."
            ),
            (
                "mode: tunnel", "replay-window: 16",
                "15: associations[0].replay-window is \"16\", and must be a size from 32 to 4096, or off. "
                    + "Write the number of packets, such as 64."
            ),
            (
                "mode: tunnel", "esn: maybe",
                "15: associations[0].esn is \"maybe\", and must be true or false. Write true or false."
            ),
            (
                "mode: tunnel", "lifetime: {soft: {seconds: 10}, hard: {seconds: 5}}",
                "15: associations[0].lifetime.soft has 10 seconds, which is more than the hard 5. Make the "
                    + "soft lifetime end first, so that there is time to renegotiate."
            ),
            (
                "mode: tunnel", "lifetime: {soft: {seconds: -1}}",
                "15: associations[0].lifetime.soft.seconds is \"-1\", and must be a whole number from 1 to "
                    + "9223372036854775807. Choose a number in that range."
            ),
            (
                "mode: tunnel", "selectors: []",
                "15: associations[0].selectors is empty. Leave the key out, or write at least one selector."
            ),
            (
                "mode: tunnel", "selectors: [{source: 10.0.0.0/33, destination: 10.0.0.1}]",
                "15: associations[0].selectors[0].source is \"10.0.0.0/33\", and must be an address, a prefix "
                    + "or a range. Write it like 192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.9."
            ),
            (
                "mode: tunnel", "selectors: [{source: 10.0.0.1, destination: \"::1\"}]",
                "15: associations[0].selectors[0] has a source and a destination of different families. Use "
                    + "IPv4 for both or IPv6 for both, and a selector for each."
            ),
            (
                "mode: tunnel", "selectors: [{source: 10.0.0.1, destination: 10.0.0.2, source-ports: 9-1}]",
                "15: associations[0].selectors[0].source-ports is \"9-1\", and must be a port or a range of "
                    + "ports. Write it like 500 or 1000-2000."
            ),
            (
                "mode: tunnel", "origin: static, user: bob",
                "15: associations[0].user is given, and the origin is static. Take it out, or make the origin user."
            ),
            (
                "mode: tunnel", "encapsulation: tcp",
                "15: unknown encapsulation \"tcp\" in associations[0].encapsulation. Known are udp, none."
            ),
            (
                "name: up,", "name: [up],",
                "15: associations[0].name is a list, and must be text. Write a word or a sentence."
            ),
            (
                "name: up,", "name: \"a b\",",
                "15: \"a b\" in associations[0].name is not a name. Use up to 63 letters, digits, `-`, `_` "
                    + "and `.`, first a letter or digit."
            ),
            (
                "plane: data,", "plane: user,",
                "15: unknown plane \"user\" in associations[0].plane. Known are data, control, management."
            ),
            (
                "name: figure-10", "name: figure-10\nname: other",
                "1: the key \"name\" is there more than once in one mapping, first here. Keep one of them, or "
                    + "give each its own name."
            ),
            (
                "name: figure-10", "name: \"fig\\x07\"",
                "1: name is \"fig\\u{7}\", and must be printable text. Take the control characters out."
            ),
            (
                "name: figure-10", "mappings: {SG1: SG3}",
                "1: unknown node \"SG3\" in mappings.SG1; known nodes are MN, PR, SG1, NR, SG2, G, RN. Add it "
                    + "under nodes: or correct the name."
            ),
            (
                "name: figure-10", "links: [[MN, PR, SG1]]",
                "1: links[0] has 3 nodes, and a link has two. Write it as [MN, PR]."
            ),
            (
                "name: figure-10",
                "policies: [{name: p, direction: in, action: protect, association: dwn, selectors: [{source: "
                    + "0.0.0.0/0, destination: 0.0.0.0/0}]}]",
                "1: unknown association \"dwn\" in policies[0].association; known ones are up. Add it under "
                    + "associations: or correct the name."
            ),
            (
                "name: figure-10", "policies: [{name: p, direction: in, action: drop}]",
                "1: unknown action \"drop\" in policies[0].action. Known are protect, bypass, discard."
            ),
            (
                "name: figure-10", "traffic: [{from: MN, to: MN}]",
                "1: traffic[0] goes from MN to itself. Choose two different nodes."
            ),
            (
                "name: figure-10", "traffic: [{from: MN, to: RN, rate: 0}]",
                "1: traffic[0].rate is \"0\", and must be a whole number from 1 to 100000. Choose a number "
                    + "in that range."
            ),
            (
                "name: figure-10", "timeline: [{after: 500, move: up}]",
                "1: timeline[0].after is \"500\", and must be a duration. Write a number with ms, s, m or h, "
                    + "for example 500ms."
            ),
            (
                "name: figure-10", "timeline: [{after: 5s}]",
                "1: timeline[0] needs one of move, path, drain, activate, request and seek, and only one. Write it like `{after: 500ms, move: "
                    + "[up, down], from: SG1, to: SG2}`."
            ),
            (
                "name: figure-10", "timeline: [{move: [upp]}]",
                "1: unknown association \"upp\" in timeline[0].move; known ones are up. Did you mean \"up\"? "
                    + "Add it under associations: or correct the name."
            ),
            (
                "name: figure-10", "expect: {outcome: done}",
                "1: unknown outcome \"done\" in expect.outcome. Known are completed, partly, refused, aborted, "
                    + "failed, nothingToMove."
            ),
            (
                "name: figure-10", "expect: {lost: [3, 1]}",
                "1: expect.lost ends before it begins. Write it as [1, 3]."
            ),
            (
                "name: figure-10", "expect: {associations: [{name: up, suite: rot13}]}",
                "1: \"rot13\" in expect.associations[0].suite is no suite of algorithms. Write it like "
                    + "aes-gcm-16-256, aes-cbc-128-hmac-sha-1-96 or hmac-sha-256-128."
            ),
            (
                "name: figure-10", "expect: {associations: [{name: up, type: 6}]}",
                "1: unknown type \"6\" in expect.associations[0].type. Known are 1, 2, 3, 4, 5, unknown."
            ),
            (
                "name: figure-10", "expect: {policies: [{name: up over, at: SG2}]}",
                "1: unknown policy \"up over\" in expect.policies[0].name. Known are up in, up out."
            ),
            (
                "name: figure-10", "approval: both, source",
                "1: unknown approval \"both, source\" in approval. Known are automatic, source, target, both."
            ),
            (
                "  MN:  {role", "  MN:  role",
                "3: this is not YAML: mapping values are not allowed in this context. Check the indentation, "
                    + "quotes and brackets here and on the line before."
            ),
            (
                "[MN, PR, SG1, G, RN]", "[MN, PR, SG1, G, RN",
                "13: this is not YAML: did not find expected \',\' or \']\' while parsing a flow sequence. "
                    + "Check the indentation, quotes and brackets here and on the line before."
            ),
            (
                "  PR:  {", "\tPR:  {",
                "4: this is not YAML: found character that cannot start any token while scanning for the next "
                    + "token. Check the indentation, quotes and brackets here and on the line before."
            ),
            (
                "G, RN]      # left", "*nobody]      # left",
                "13: this is not one YAML document: found undefined alias. Define an anchor before its alias, "
                    + "and write one document in a file."
            ),
            (
                "associations:", "---\nassociations:",
                "14: this is not one YAML document: but found another document. Define an anchor before its "
                    + "alias, and write one document in a file."
            ),
            ("  data:  ", "  ? [data]\n  :  ", "11: a key in paths is not a word. Write a name before the colon."),
        ])
    func message(piece: String, replacement: String, message: String) throws {
        let text = try Fixture.text("figure-10.yaml")
        let damaged = text.replacing(piece, with: replacement, maxReplacements: 1)
        #expect(damaged != text)
        let outcome = Outcome.of { () throws(FileError) in _ = try NetworkFile.read(damaged, file: "figure.yaml") }
        #expect(outcome == "figure.yaml:" + message)
    }

    @Test(
        "what does not fit the rest of the file is said with its line",
        arguments: [
            (
                "- {name: up, from: MN, to: SG2, spi: 0x1001, encryption: aes-gcm-16-256}",
                "16: the association \"up\" is there twice. Give each one its own name."
            ),
            (
                "- {name: b, from: PR, to: SG1, spi: 4097, encryption: aes-gcm-16-256}",
                "16: the SPI 0x00001001 of \"b\" is already that of \"up\" at SG1. "
                    + "Give each association that ends there its own SPI."
            ),
            ("- {name: b, from: PR, to: SG1, spi: 4097, protocol: ah, integrity: hmac-sha-1-96}", nil),
            ("- {name: b, from: SG1, to: MN, spi: 4097, encryption: aes-gcm-16-256}", nil),
            (
                "- {name: b, from: MN, to: NR, spi: 4097, encryption: aes-gcm-16-256}",
                "16: MN and NR, the ends of associations[1], have no addresses of the same family. "
                    + "Give one of them an address of the other's family."
            ),
            (
                "- {name: b, from: SG1, to: SG1, spi: 4098, encryption: aes-gcm-16-256}",
                "16: associations[1] goes from SG1 to itself. Choose two different nodes."
            ),
            (
                "- {name: b, from: PR, to: SG1, spi: 4098, encryption: aes-gcm-16-256, esn: true, replay-window: off}",
                "16: associations[1].esn is on, and the replay window is off. "
                    + "Turn it off, or give replay-window a size such as 64."
            ),
            ("- {name: b, from: PR, to: SG1, spi: 4098, encryption: aes-gcm-16-256, esn: no, replay-window: off}", nil),
        ])
    func context(line: String, message: String?) throws {
        let original = try Fixture.text("figure-10.yaml")
        let text = original.replacing("127.10.0.4", with: "\"2001:db8::4\"") + "  \(line)\n"
        let outcome = Outcome.of { () throws(FileError) in _ = try NetworkFile.read(text, file: "figure.yaml") }
        let expected = message.map { "figure.yaml:" + $0 } ?? "read"
        #expect(outcome == expected)
    }
}
