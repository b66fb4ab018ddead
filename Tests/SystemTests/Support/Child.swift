import Dispatch
import Foundation

/// A process of ours.
///
/// Foundation's `Process` is not used: it waits for all that inherited a socket of it (a tmux server did), and was seen
/// to crash in `run()` (Swift 6.3.1, Linux).
struct Child {
    let process: pid_t

    /// Starts a program with nothing to read, and with signals as in a new login; its output goes to files.
    init(_ program: String, _ arguments: [String], output: String = "/dev/null", errors: String = "/dev/null") throws {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&files, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // Other tests' sockets: a port that a child has too stays taken.
        for file in Int32(3)..<1_024 { posix_spawn_file_actions_addclose(&files, file) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var started = pid_t()
        let failure = posix_spawn(&started, program, &files, &attributes, &words, environ)
        guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL) }
        process = started
    }

    /// Waits for its end; its status, or 128 and the number of the signal that ended it.
    func end() async -> Int32 {
        let process = process
        return await withCheckedContinuation { ended in
            DispatchQueue.global().async {
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0 && errno == EINTR {}
                ended.resume(returning: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f)
            }
        }
    }
}
