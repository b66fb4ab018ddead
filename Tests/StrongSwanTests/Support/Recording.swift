import Foundation
import StrongSwan

/// A conversation of `Fixtures`.
struct Recording: CustomStringConvertible {
    let name: String

    var description: String { name }

    /// The conversations of which it is also recorded what `swanctl --raw` printed.
    static let printed = [
        "list-sas", "list-sas-empty", "list-sas-rekeyed", "list-sas-connecting", "list-conns", "rekey-child",
        "rekey-ike", "rekey-nothing", "initiate", "initiate-away", "initiate-nothing", "terminate-child",
        "terminate-ike", "terminate-nothing",
    ].map(Recording.init)
    /// All conversations.
    static let all = printed + ["list-sas-shown", "version", "unknown", "events"].map(Recording.init)

    /// What the client sent.
    func sent() throws -> [ViciPacket] { try Self.packets(octets("sent")) }
    /// What charon sent.
    func received() throws -> [ViciPacket] { try Self.packets(octets("received")) }
    /// The messages of charon's events of that name.
    func events(_ event: String) throws -> [ViciMessage] {
        try received().compactMap { packet in
            if case .event(event, let message) = packet { message } else { nil }
        }
    }
    /// The IKE SAs that were listed.
    func associations() throws -> [IKEAssociation] {
        try events("list-sa").flatMap(\.sections).map { try IKEAssociation(name: $0.name, section: $0.section) }
    }
    /// The lines of what was printed.
    func lines(_ kind: String = "txt") throws -> [String] {
        String(decoding: try octets(kind), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    func octets(_ kind: String) throws -> [UInt8] {
        guard let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        return Array(try Data(contentsOf: url.appendingPathComponent("\(name).\(kind)")))
    }

    /// All packets of a stream, which ends with one.
    static func packets(_ octets: [UInt8]) throws -> [ViciPacket] {
        var segments = ViciSegments()
        segments.append(octets)
        var packets: [ViciPacket] = []
        while let packet = try segments.next() { packets.append(packet) }
        guard !segments.isInside else { throw ViciError.trailing(octets: octets.count) }
        return packets
    }
}
