/// The PEM files that a program proves itself and checks others with.
package struct TLSFiles: Hashable, Sendable {
    /// The path of the own certificate.
    package var certificate: String
    /// The path of its private key.
    package var key: String
    /// The path of the certificate that peers are checked by.
    package var ca: String

    /// From three paths.
    package init(certificate: String, key: String, ca: String) {
        (self.certificate, self.key, self.ca) = (certificate, key, ca)
    }
}
