import Foundation
import Glibc

/// A directory of certificates: `ca.pem`, `ca.key`, and `NAME.pem`, `NAME.key` for everybody.
///
/// The directory is its owner's alone (0700), keys are readable by their owner alone (0600) from the moment that they
/// exist, and nothing is ever overwritten.
struct PkiDirectory {
    let path: String

    /// Writes all or, when something is in the way, nothing.
    func write(_ pki: Pki) throws(CredentialError) -> [String] {
        var files = [("ca.pem", pki.authority.certificatePEM), ("ca.key", pki.authority.keyPEM)]
        for credential in pki.routers + [pki.viewer, pki.operator] {
            files.append(("\(credential.identity.name).pem", credential.certificatePEM))
            files.append(("\(credential.identity.name).key", credential.keyPEM))
        }
        try prepare()
        for (name, _) in files where access("\(path)/\(name)", F_OK) == 0 { throw .exists("\(path)/\(name)") }
        var written: [String] = []
        do throws(CredentialError) {
            for (name, text) in files {
                let file = "\(path)/\(name)"
                try create(file, mode: name.hasSuffix(".key") ? 0o600 : 0o644, text)
                written.append(file)
            }
        } catch {
            for file in written { unlink(file) }
            throw error
        }
        return written
    }

    /// Makes the directory, or closes an empty one to others.
    private func prepare() throws(CredentialError) {
        let above = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: above, withIntermediateDirectories: true)
        } catch {
            throw .unwritable(above.path, reason: SystemReason(error).description)
        }
        if mkdir(path, 0o700) == 0 { return }
        guard errno == EEXIST else { throw .unwritable(path, reason: SystemReason(code: errno).description) }
        let (isDirectory, mode) = try attributes()
        guard isDirectory else { throw .unwritable(path, reason: "it is not a directory") }
        guard mode & 0o077 != 0 else { return }
        guard try isEmpty() else { throw .openDirectory(path, mode: mode) }
        guard chmod(path, 0o700) == 0 else { throw .unwritable(path, reason: SystemReason(code: errno).description) }
    }

    private func attributes() throws(CredentialError) -> (isDirectory: Bool, mode: UInt32) {
        do {
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            let mode = attributes[.posixPermissions] as? NSNumber
            return (attributes[.type] as? FileAttributeType == .typeDirectory, mode?.uint32Value ?? 0o777)
        } catch {
            throw .unreadable(path, reason: SystemReason(error).description)
        }
    }

    private func isEmpty() throws(CredentialError) -> Bool {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).isEmpty
        } catch {
            throw .unreadable(path, reason: SystemReason(error).description)
        }
    }

    private func create(_ file: String, mode: mode_t, _ text: String) throws(CredentialError) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            if errno == EEXIST { throw .exists(file) }
            throw .unwritable(file, reason: SystemReason(code: errno).description)
        }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else {
                let reason = SystemReason(code: errno).description
                close(descriptor)
                unlink(file)
                throw .unwritable(file, reason: reason)
            }
            rest = rest.dropFirst(count)
        }
        guard close(descriptor) == 0 else { throw .unwritable(file, reason: SystemReason(code: errno).description) }
    }
}
