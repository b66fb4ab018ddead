/// Why a certificate says not who it belongs to.
package enum IdentityError: Error, Hashable, Sendable {
    /// It is not a certificate, or its names cannot be read.
    case unreadable(String)
    /// It carries no `ferry:` URI.
    case missing
    /// It carries several.
    case several([String])
    /// The role is none of ours.
    case unknownRole(String)
    /// The name is empty, too long or has a character that names have not.
    case malformedName(String)
}

extension IdentityError: CustomStringConvertible {
    /// A sentence without its full stop, its foreign text made printable.
    package var description: String {
        switch self {
        case .unreadable(let reason): "the certificate cannot be read: \(Self.printable(reason))"
        case .missing: "the certificate carries no ferry:ROLE:NAME, so it belongs to no router, viewer or operator"
        case .several(let uris): "the certificate carries \(uris.count) identities, and only one is allowed"
        case .unknownRole(let uri): "the role in \(Self.printable(uri)) is none of router, viewer, operator"
        case .malformedName(let uri): "the name in \(Self.printable(uri)) is not valid"
        }
    }

    /// What a stranger's certificate says, cut and without control characters.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(120).map { $0.properties.isPrintable ? $0 : "?" }))
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isPrintable: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
