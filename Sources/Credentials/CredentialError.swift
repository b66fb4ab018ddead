/// Why certificates or keys cannot be used or made.
package enum CredentialError: Error, Hashable, Sendable {
    /// The file, and the operating system's reason.
    case unreadable(String, reason: String)
    /// The text is not a certificate in PEM.
    case notACertificate(String)
    /// The text is not a private key in PEM.
    case notAKey(String)
    /// The private key is not the certificate's.
    case mismatch
    /// The certificate is not that of a certificate authority.
    case notAnAuthority
    /// An authority's key is not P-256, the only kind that is issued with here.
    case unsupportedKey
    case identity(IdentityError)
    /// The library refused to make a certificate; its own words.
    case notMade(String)

    // Writing a directory of certificates.
    /// There is a file of that name, which is never overwritten.
    case exists(String)
    /// The directory has files in it, and others than its owner may open it.
    case openDirectory(String, mode: UInt32)
    /// The file or directory, and the operating system's reason.
    case unwritable(String, reason: String)
    /// A node has the name of one of the files that are always made.
    case reservedName(String)
}

extension CredentialError: CustomStringConvertible {
    /// A sentence without its full stop.
    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .notACertificate(let reason): "the text is not a certificate in PEM: \(reason)"
        case .notAKey(let reason): "the text is not a private key in PEM: \(reason)"
        case .mismatch: "the private key does not belong to the certificate"
        case .notAnAuthority: "the certificate is not that of a certificate authority"
        case .unsupportedKey: "the authority's key is not P-256"
        case .identity(let error): error.description
        case .notMade(let reason): "the certificate could not be made: \(reason)"
        case .exists(let path):
            "\(path) is there already and is not overwritten: choose another directory, or remove the old files"
        case .openDirectory(let path, let mode):
            "\(path) has files in it and is open to others (mode \(String(mode, radix: 8))): choose an empty or new "
                + "directory, or run chmod 700 on it"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .reservedName(let name):
            "the node \(name) has the name of a file that is always made (ca, viewer, operator): rename it"
        }
    }
}
