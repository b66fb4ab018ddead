import Foundation

/// The operating system's words for an error: `no such file or directory`.
struct SystemReason: CustomStringConvertible {
    let description: String

    init(code: Int32) { description = Self.text(code) }

    init(_ error: any Error) {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        let isSystem = underlying.domain == NSPOSIXErrorDomain
        description = isSystem ? Self.text(Int32(underlying.code)) : error.localizedDescription
    }

    private static func text(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
