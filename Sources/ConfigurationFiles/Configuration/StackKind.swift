/// The IPsec stack that a daemon runs on; the raw value is its word in files.
package enum StackKind: String, Hashable, Sendable, CaseIterable {
    /// Ferry's own ESP and AH over UDP sockets.
    case userspace
    /// The Linux kernel's SAD and SPD.
    case linux
}
