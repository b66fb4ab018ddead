/// Which IKE daemon answers.
package struct StrongSwanVersion: Hashable, Sendable, CustomStringConvertible {
    /// For example `charon-systemd`.
    package let daemon: String
    /// For example `5.9.8`.
    package let version: String

    /// The version that charon answered with.
    package init(_ answer: ViciMessage) throws(ReadingError) {
        let reader = SectionReader(section: answer, place: "the version")
        (daemon, version) = (try reader.text("daemon"), try reader.text("version"))
    }

    /// For example `charon-systemd 5.9.8`.
    package var description: String { "\(daemon) \(version)" }
}
