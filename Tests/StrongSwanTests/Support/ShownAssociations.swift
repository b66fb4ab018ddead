import IPsec
import StrongSwan

/// What `swanctl --list-sas` shows, as far as it is in our values: the lines of `NAME.txt` without algorithms, times of
/// the IKE SA's establishment and counters.
enum ShownAssociations {
    static func lines(_ associations: [IKEAssociation]) -> [String] {
        associations.flatMap { ike in
            [header(ike), end("local ", ike.local), end("remote", ike.remote)] + ike.children.flatMap(lines)
        }
    }

    /// Of printed lines the part that ``lines(_:)`` gives.
    static func comparable(_ printed: [String]) -> [String] {
        printed.compactMap { line in
            if line.hasPrefix("  established") || line.contains("/PRF_") { return nil }
            if line.contains("), ") && line.contains("bytes") || line.hasPrefix("    in ") || line.hasPrefix("    out")
            {
                return line.split(whereSeparator: { $0 == " " || $0 == "," }).prefix(2).joined(separator: " ")
            }
            guard line.hasPrefix("  "), line.contains(": #"), let colon = line.lastIndex(of: ":") else { return line }
            return String(line[..<colon])
        }
    }

    private static func header(_ ike: IKEAssociation) -> String {
        let (initiator, responder) = (String(ike.initiatorSPI, radix: 16), String(ike.responderSPI, radix: 16))
        let padded = [initiator, responder].map { String(repeating: "0", count: 16 - $0.count) + $0 }
        let (own, far) = ike.isInitiator ? ("*", "") : ("", "*")
        return "\(ike.name): #\(ike.id.number), \(ike.state.rawValue), IKEv\(ike.version), "
            + "\(padded[0])_i\(own) \(padded[1])_r\(far)"
    }

    private static func end(_ title: String, _ end: IKEEnd) -> String {
        let address = end.address.map(\.description) ?? "%any"
        return "  \(title) '\(end.identity ?? "%any")' @ \(address)[\(end.port ?? 0)]"
    }

    private static func lines(_ child: ChildAssociation) -> [String] {
        let mode = child.mode?.name.uppercased() ?? "?"
        let securityProtocol = child.securityProtocol?.name.uppercased() ?? "?"
        let (age, rekey, expiry) = (child.age ?? .zero, child.rekeyIn ?? .zero, child.expiresIn ?? .zero)
        return [
            "  \(child.name): #\(child.id.number), reqid \(child.reqid ?? 0), \(child.state.rawValue), "
                + "\(mode)\(child.isUDPEncapsulated ? "-in-UDP" : ""), \(securityProtocol)",
            "    installed \(age.components.seconds)s ago, rekeying in \(rekey.components.seconds)s, "
                + "expires in \(expiry.components.seconds)s",
            "in \(hexadecimal(child.inbound))",
            "out \(hexadecimal(child.outbound))",
            "    local  " + child.localSelectors.map(\.description).joined(separator: " "),
            "    remote " + child.remoteSelectors.map(\.description).joined(separator: " "),
        ]
    }

    private static func hexadecimal(_ spi: SPI?) -> String { spi.map { String($0.description.dropFirst(2)) } ?? "" }
}
