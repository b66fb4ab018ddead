import Foundation

/// A file that a person wrote, read with a limit on its size.
package enum TextFile {
    /// The text of the file at `path`.
    package static func read(_ path: String, limit: Int = YAMLLimits().octets) throws(FileError) -> String {
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            // One octet more than is allowed tells a full file from one that is too large; a device never ends.
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw FileError(
                file: path, problem: "the file cannot be read: \(reason(error))",
                fix: "Check that it exists, is a file and may be read.")
        }
        guard data.count <= limit else {
            throw FileError(file: path, problem: "the file has more than \(limit) octets", fix: "Split it.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw FileError(file: path, problem: "the file is not UTF-8 text", fix: "Save it as UTF-8.")
        }
        return text
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        guard underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return String(cString: strerror(Int32(underlying.code))).lowercased()
    }
}
