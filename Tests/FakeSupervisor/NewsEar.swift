import Foundation

/// A supervisor's socket: what it is told.
package struct NewsEar {
    package let name: String
    private let descriptor: Int32

    /// Listens at a path, or at `@` and an abstract name.
    package init(at name: String) throws {
        self.name = name
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let octets = name.hasPrefix("@") ? [0] + Array(name.utf8.dropFirst()) : Array(name.utf8) + [0]
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: octets) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(2 + octets.count))
            }
        }
        guard bound == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL) }
    }

    /// What it was told next; `nil` where there is nothing.
    package var next: String? {
        var octets = [UInt8](repeating: 0, count: 4_096)
        let count = recv(descriptor, &octets, octets.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: octets[..<count], as: UTF8.self)
    }

    /// Listens no more.
    package func end() {
        close(descriptor)
        if name.hasPrefix("/") { unlink(name) }
    }
}
