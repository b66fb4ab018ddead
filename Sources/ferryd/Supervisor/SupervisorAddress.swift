/// Where a supervisor listens: a UNIX socket with a path, or with a name that is in no file system (unix(7)).
package struct SupervisorAddress: Equatable, Sendable {
    /// What stands in `sun_path`, as long as it is: an abstract name begins with a zero.
    package let octets: [UInt8]

    /// `sizeof(sun_path)`; a path ends with a zero in it.
    private static let room = 108

    /// From `NOTIFY_SOCKET`: a path, or `@` and an abstract name; `nil` for anything else.
    package init?(_ text: String) {
        let all = Array(text.utf8)
        guard all.count > 1, !all.contains(0) else { return nil }
        switch text.first {
        case "/":
            guard all.count < Self.room else { return nil }
            octets = all + [0]
        case "@":
            guard all.count <= Self.room else { return nil }
            octets = [0] + all.dropFirst()
        default: return nil
        }
    }
}
