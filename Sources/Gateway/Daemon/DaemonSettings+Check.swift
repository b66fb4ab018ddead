extension DaemonSettings {
    /// Finds out whether the places could be used that the daemon makes files in when it starts, and makes nothing.
    ///
    /// Throws ``LocalSocketError`` or ``JournalError``, as the start would.
    package func checkPlaces() throws {
        if let journal { try JournalFile.check(journal) }
        if let socket { try LocalSocket.check(socket) }
    }
}
