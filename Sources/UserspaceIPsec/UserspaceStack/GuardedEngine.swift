/// What a userspace stack keeps behind its lock.
struct GuardedEngine {
    var engine: PacketEngine
    var wire = WireCounters()
    /// The instant for which somebody waits already.
    var armed: Duration?
    var isRunning = false
    var isClosed = false
}
