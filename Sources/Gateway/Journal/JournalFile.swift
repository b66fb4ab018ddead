import Glibc

/// The file of the journal: nobody else's to read.
enum JournalFile {
    /// Makes the file with mode 0600 where there is none.
    static func prepare(_ path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
    }

    /// Finds out whether it could be opened or made, and makes nothing.
    static func check(_ path: String) throws(JournalError) {
        if faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 {
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw .unusable(path: path, reason: "it is no file")
            }
            return
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let directory = path.hasPrefix("/") && parts.isEmpty ? "/" : parts.isEmpty ? "." : parts
        guard errno == ENOENT, faccessat(AT_FDCWD, directory, W_OK | X_OK, AT_EACCESS) == 0 else {
            throw .unusable(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
