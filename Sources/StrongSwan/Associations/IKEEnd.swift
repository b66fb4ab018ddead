package import IPsec

/// One end of an IKE SA.
package struct IKEEnd: Hashable, Sendable {
    /// Where its IKE packets come from or go to; `nil` before that is known.
    package let address: IPAddress?
    /// Its UDP port: 500, 4500, or what a NAT made of it; `nil` before it is known.
    package let port: UInt16?
    /// The identity that IKE authenticated, in charon's words; `nil` before it is known.
    package let identity: String?
    /// The identity that EAP or XAuth authenticated, where one of them was used.
    package let innerIdentity: String?
    /// Whether it is behind a NAT, or charon was told to act as if it were.
    package let isBehindNAT: Bool

    /// The end whose values begin with `prefix`: `local` or `remote`.
    init(_ reader: SectionReader, _ prefix: String) throws(ReadingError) {
        address = try reader.address("\(prefix)-host")
        port = try reader.value("\(prefix)-port") { UInt16($0) }
        identity = reader.section.text("\(prefix)-id").flatMap { $0.hasPrefix("%any") ? nil : $0.printable }
        let inner = reader.section.text("\(prefix)-eap-id") ?? reader.section.text("\(prefix)-xauth-id")
        innerIdentity = inner?.printable
        isBehindNAT = reader.flag("nat-\(prefix)")
    }

    /// Who it is to an operator.
    var user: String? { innerIdentity ?? identity }
}

extension String {
    /// The text with U+FFFD for what moves a cursor, hides, or turns a line around.
    fileprivate var printable: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
                        "\u{fffd}"
                    default: scalar
                    }
                }))
    }
}
