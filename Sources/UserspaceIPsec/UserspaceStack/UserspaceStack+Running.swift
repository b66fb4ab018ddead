internal import Dispatch
internal import IPsec

extension UserspaceStack {
    /// Receives packets and watches lifetimes until the task is cancelled; then the socket is closed. Once only.
    package func run() async throws {
        precondition(begin(), "A userspace stack runs once.")
        let queue = DispatchQueue(label: "ferry.userspace-ipsec.\(endpoint)")
        let sources = sockets.map { realm, socket in
            let source = DispatchSource.makeReadSource(fileDescriptor: socket.descriptor, queue: queue)
            source.setEventHandler { [self] in drain(socket, realm) }
            source.activate()
            return source
        }
        await watchLifetimes()
        for source in sources {
            await withCheckedContinuation { continuation in
                // Only then is the descriptor no longer used.
                source.setCancelHandler { continuation.resume() }
                source.cancel()
            }
        }
        close()
    }

    /// Takes all that has arrived.
    private func drain(_ socket: WireSocket, _ realm: Realm) {
        withUnsafeTemporaryAllocation(byteCount: WireSocket.largestPacket, alignment: 16) { buffer in
            while let (packet, _) = socket.receive(into: buffer) { receive(packet, in: realm) }
        }
    }

    /// Sleeps until the next lifetime ends; an earlier one that comes up meanwhile gets a sleeper of its own.
    private func watchLifetimes() async {
        await withDiscardingTaskGroup { group in
            for await deadline in deadlines {
                group.addTask { [self] in
                    do {
                        try await Task.sleep(until: instant(deadline), clock: .continuous)
                        expire()
                    } catch {
                        // Cancelled: the stack stops.
                    }
                }
            }
            group.cancelAll()
        }
    }
}
