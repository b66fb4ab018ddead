import Glibc

/// The file of the journal: nobody else's to read.
enum JournalFile {
    /// Makes the file with mode 0600 where there is none.
    static func prepare(_ path: String) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
    }
}
