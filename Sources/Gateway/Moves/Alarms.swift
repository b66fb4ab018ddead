internal import HeapModule

/// The deadlines of all parties at one node, at most one for each: a new one takes the place of the one before.
package struct Alarms: Sendable {
    /// A deadline.
    package struct Alarm: Sendable {
        package let key: MovePartyKey
        /// The party's own count of its deadlines: one that was replaced just as it passed is told by it.
        package let number: Int
        /// On the stopwatch.
        let time: Duration
    }

    private enum Change: Sendable {
        case added(Alarm)
        case cancelled(MovePartyKey)
        /// Somebody slept until that time.
        case woken(Duration)
    }

    private let stopwatch: Stopwatch
    private let changes: AsyncStream<Change>
    private let changing: AsyncStream<Change>.Continuation

    /// No deadlines yet; those that come pass by that clock.
    package init(clock: any Clock<Duration> = ContinuousClock()) {
        stopwatch = Stopwatch(clock)
        (changes, changing) = AsyncStream.makeStream()
    }

    /// Sets the party's deadline.
    package func add(_ key: MovePartyKey, number: Int, after duration: Duration) {
        changing.yield(.added(Alarm(key: key, number: number, time: stopwatch.time() + duration)))
    }

    /// Takes the party's deadline away, if it has one.
    package func cancel(_ key: MovePartyKey) { changing.yield(.cancelled(key)) }

    /// Runs until cancelled; hands over each deadline when it has passed.
    package func run(_ passed: @escaping @Sendable (Alarm) async -> Void) async {
        await withDiscardingTaskGroup { group in
            var pending = Pending()
            var next: (time: Duration, waking: AsyncStream<Never>.Continuation)?
            for await change in changes {
                switch change {
                case .added(let alarm): pending.add(alarm)
                case .cancelled(let key): pending.cancel(key)
                case .woken(let time):
                    if next?.time == time {
                        next?.waking.finish()
                        next = nil
                    }
                    for alarm in pending.take(until: stopwatch.time()) { group.addTask { await passed(alarm) } }
                }
                let first = pending.first
                if let time = next?.time, let first, time <= first { continue }
                next?.waking.finish()
                next = first.map { time in
                    let (wakeUp, waking) = AsyncStream.makeStream(of: Never.self)
                    group.addTask { await sleep(until: time, orUntil: wakeUp) }
                    return (time, waking)
                }
            }
            group.cancelAll()
        }
    }

    /// The deadlines that have not passed.
    private struct Pending {
        private struct Place: Comparable {
            let alarm: Alarm
            /// In the order of their setting.
            let number: Int

            static func < (left: Place, right: Place) -> Bool {
                (left.alarm.time, left.number) < (right.alarm.time, right.number)
            }
            static func == (left: Place, right: Place) -> Bool { left.number == right.number }
        }

        private var numbers: [MovePartyKey: Int] = [:]
        /// With some that were replaced or cancelled: to set one is to take no time from traffic.
        private var places = Heap<Place>()
        private var lastNumber = 0

        /// When the first one passes, or one that was replaced or cancelled would have.
        var first: Duration? { places.min?.alarm.time }

        mutating func add(_ alarm: Alarm) {
            lastNumber += 1
            numbers[alarm.key] = lastNumber
            places.insert(Place(alarm: alarm, number: lastNumber))
            if places.count > 2 * numbers.count + 1_000 { places = Heap(places.unordered.filter(isPending)) }
        }

        mutating func cancel(_ key: MovePartyKey) {
            numbers[key] = nil
            if numbers.isEmpty { places = Heap() }
        }

        /// Those that have passed by that time; they are pending no more.
        mutating func take(until time: Duration) -> [Alarm] {
            var passed: [Alarm] = []
            while let place = places.min, place.alarm.time <= time || !isPending(place) {
                places.removeMin()
                guard isPending(place) else { continue }
                numbers[place.alarm.key] = nil
                passed.append(place.alarm)
            }
            return passed
        }

        private func isPending(_ place: Place) -> Bool { numbers[place.alarm.key] == place.number }
    }

    /// Tells when that time has come; ends early, and tells nothing, when `wakeUp` ends before.
    private func sleep(until time: Duration, orUntil wakeUp: AsyncStream<Never>) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                do { try await stopwatch.sleep(time) } catch { return }
                changing.yield(.woken(time))
            }
            for await _ in wakeUp {}
            group.cancelAll()
        }
    }
}
