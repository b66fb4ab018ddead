import ContextTransfer
import IPsec
import Testing

@Suite("The dissector", .enabled(if: Tshark.path != nil, "tshark is not installed (apt-get install tshark)"))
struct DissectorTests {
    /// Twenty of each message of a move, and one in several parts.
    private static func envelopes() -> [MoveEnvelope] {
        var random = RandomMoves(seed: 0xd155)
        var envelopes = (0..<20 * RandomMoves.messageCount).map { random.envelope($0 % RandomMoves.messageCount) }
        let small = random.envelope(1)
        let contexts = MoveContexts(
            associations: (0..<400).map { _ in
                AssociationContext(association: random.association(), policies: random.list(2) { $0.policy() })
            })
        envelopes.append(
            MoveEnvelope(
                id: small.id, subject: small.subject, route: small.route, sender: .source, receiver: .taker,
                message: .prepare(contexts)))
        return envelopes
    }

    /// One connection whose segments end anywhere.
    private static func capture(_ stream: [UInt8]) -> StreamCapture {
        var random = RandomMoves(seed: 7)
        var capture = StreamCapture()
        var rest = stream[...]
        while !rest.isEmpty {
            let count = 1 + random.below(random.pick([4, 1500, 20_000]))
            capture.add(rest.prefix(count), from: 40_000)
            rest = rest.dropFirst(count)
        }
        return capture
    }

    @Test("tshark shows every field of every message as it was encoded")
    func fields() throws {
        var (stream, shown): ([UInt8], ShownFields) = ([], ShownFields())
        for envelope in Self.envelopes() {
            let messages = try envelope.encoded()
            for (number, message) in messages.enumerated() {
                shown.add("type", message[0] & 0x1f)
                shown.add("length", message.count)
                let part = MovePart(number: UInt16(number), isLast: number == messages.count - 1)
                shown.add(envelope, part: messages.count > 1 ? part : nil, isFirst: number == 0)
                stream += message
            }
        }
        var random = RandomMoves(seed: 0x5a)
        for round in 0..<20 * RandomMoves.exchangeCount {
            let message = random.exchange(round % RandomMoves.exchangeCount)
            let octets = try message.encoded()
            shown.add("type", octets[0] & 0x1f)
            shown.add("length", octets.count)
            shown.add(message)
            stream += octets
        }
        for round in 0..<20 * RandomMoves.renewalCount {
            let message = random.renewal(round % RandomMoves.renewalCount)
            let octets = try message.encoded()
            shown.add("type", octets[0] & 0x1f)
            shown.add("length", octets.count)
            shown.add(message)
            stream += octets
        }
        #expect(shown.values["cxtp.part.number"]?.count ?? 0 > 1)
        let found = try Tshark.values(of: shown.values.keys.sorted(), in: Self.capture(stream))
        for (name, expected) in shown.values.sorted(by: { $0.key < $1.key }) {
            let values = (found[name] ?? []).map { ["True": "1", "False": "0"][$0] ?? $0 }
            // In PCTD and CTD the time is always there.
            let actual = name == "cxtp.elapsed" ? values.filter { $0 != "0" } : values
            let wanted = name == "cxtp.elapsed" ? expected.filter { $0 != "0" } : expected
            let place = zip(actual, wanted).enumerated().first { $1.0 != $1.1 }
            #expect(
                actual.count == wanted.count && place == nil,
                "\(name): \(actual.count) of \(wanted.count), \(place.map { "\($0)" } ?? "")")
        }
    }

    @Test("tshark shows the messages of RFC 4067 that no move uses")
    func plain() throws {
        var stream: [UInt8] = []
        for row in CXTPMessageWireTests.rows { stream += hex(row.hex) }
        let values = try Tshark.values(
            of: [
                "cxtp.type", "cxtp.sequence", "cxtp.token", "cxtp.router_address.ipv4", "cxtp.status.code", "cxtp.key",
                "cxtp.success",
            ], in: Self.capture(stream))
        #expect(
            values["cxtp.type"] == ["1", "1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6", "7", "7", "23"])
        #expect(values["cxtp.sequence"] == ["5", "5", "5", "5", "0"])
        #expect(values["cxtp.token"] == ["0xdeadbeef", "0x00000000", "0x00000000", "0xdeadbeef", "0x00000000"])
        #expect(values["cxtp.router_address.ipv4"] == ["192.0.2.7"])
        #expect(values["cxtp.status.code"] == ["3", "0", "7"])
        #expect(values["cxtp.key"] == ["<key, 4 octets>"])
        #expect(values["cxtp.success"]?.map { $0 == "1" || $0 == "True" } == [true, false])
    }

    @Test("nothing is malformed, and no octets of a key are shown", arguments: [["-V"], ["-T", "json", "-J", "cxtp"]])
    func keys(form: [String]) throws {
        var (stream, keys): ([UInt8], [KeyMaterial]) = ([], [])
        for envelope in Self.envelopes() {
            for message in try envelope.encoded() { stream += message }
            guard case .prepare(let contexts) = envelope.message else { continue }
            for context in contexts.associations {
                let suite = context.association.attributes.keys
                keys += [suite.encryptionKey, suite.integrityKey].filter { $0.count > 0 }
            }
        }
        let output = try Tshark.run(form, on: Self.capture(stream))
        #expect(output.status == 0)
        #expect(!(output.text + output.errors).contains("Lua"), "\(output.errors)")
        #expect(!output.text.contains("Malformed"))
        #expect(output.text.contains("<key, 36 octets>"))
        try #require(keys.count > 400)
        // A key is known by its first eight octets, with colons between them or not.
        let digits = Set(Self.runs(of: 16, in: output.text.utf8.filter { $0 != 0x3a }))
        let shown = keys.count { key in
            let octets = unsafe key.withOctets { unsafe Array($0.prefix(8)) }
            let text = octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            return digits.contains(Array(text.utf8))
        }
        #expect(shown == 0)
    }

    /// Every run of `count` hexadecimal digits.
    private static func runs(of count: Int, in text: [UInt8]) -> [[UInt8]] {
        text.split { !Character(UnicodeScalar($0)).isHexDigit }.filter { $0.count >= count }.flatMap { run in
            (run.startIndex...(run.endIndex - count)).map { Array(run[$0..<$0 + count]) }
        }
    }

    @Test("2,000 changed and cut messages make no error in Lua")
    func changed() throws {
        var random = RandomMoves(seed: 0x10a)
        var capture = StreamCapture()
        for round in 0..<2000 {
            var octets = try random.octets(round)
            for _ in 0...random.below(4) { try random.change(&octets) }
            capture.add(
                octets.prefix(StreamCapture.largestSegment), from: UInt16(10_000 + round),
                kept: random.below(4) == 0 ? 40 + random.below(octets.count + 1) : .max)
        }
        let output = try Tshark.run(["-V"], on: capture)
        #expect(output.status == 0)
        let told = (output.text + "\n" + output.errors).split(separator: "\n").filter { $0.contains("Lua") }
        #expect(told.isEmpty, "\(told.prefix(5).joined(separator: "\n"))")
        #expect(output.text.contains("Context Transfer Protocol, "))
    }
}
