import Synchronization

/// What may be replaced while the process runs: who asks gets what holds now, and keeps what it got.
package final class Current<Value: Sendable>: Sendable {
    private let held: Mutex<Value>

    package init(_ value: Value) { held = Mutex(value) }

    package var value: Value {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}
