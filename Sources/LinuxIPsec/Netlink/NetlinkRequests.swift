internal import CLinuxXfrm

extension NetlinkSocket {
    /// What is asked of the kernel: a message's type, flags and payload.
    package struct Request {
        package var type: UInt16
        package var flags: UInt16
        package var payload: [UInt8]

        package init(type: UInt16, flags: UInt16 = 0, payload: [UInt8]) {
            (self.type, self.flags, self.payload) = (type, flags, payload)
        }
    }

    /// As many requests go in one datagram at the most: their answers fit the socket's buffer.
    private static let batch = 100

    /// Has the kernel do all of these, in their order; for each 0, or the `errno` why it did not.
    ///
    /// - Parameter take: is given what it tells beside its answers.
    package func perform(
        _ requests: [Request], _ take: (NetlinkMessage) throws(NetlinkError) -> Void = { (_) throws(NetlinkError) in }
    ) throws(NetlinkError) -> [Int32] {
        var results: [Int32] = []
        results.reserveCapacity(requests.count)
        for start in stride(from: 0, to: requests.count, by: Self.batch) {
            results += try performAtOnce(requests[start..<min(start + Self.batch, requests.count)], take)
        }
        return results
    }

    /// The same in one system call: whenever this process ends, all of them were done or none was begun.
    package func performWhole(_ requests: [Request]) throws(NetlinkError) -> [Int32] {
        try reserve(octets: requests.reduce(0) { $0 + $1.payload.count + NetlinkMessage.headerOctets + 4 })
        return try performAtOnce(requests[...]) { (_) throws(NetlinkError) in }
    }

    private func performAtOnce(
        _ requests: ArraySlice<Request>, _ take: (NetlinkMessage) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> [Int32] {
        // Overwritten as a whole once it is sent: it is not moved while it grows.
        var writer = KernelWriter(capacity: requests.reduce(0) { $0 + 20 + $1.payload.count })
        let first = nextSequence(requests.count)
        for (place, request) in requests.enumerated() {
            // The kernel answers what it refuses, and the last one: by then it has done all.
            let isLast = place == requests.count - 1
            NetlinkMessage(
                type: request.type, flags: request.flags | UInt16(NLM_F_REQUEST | (isLast ? NLM_F_ACK : 0)),
                sequence: first &+ UInt32(place), payload: request.payload[...]
            ).append(to: &writer)
        }
        try writer.withOctets { (octets) throws(NetlinkError) in try send(&octets) }
        var results = [Int32](repeating: 0, count: requests.count)
        var isDone = requests.isEmpty
        while !isDone {
            let part: Void? = try receive { (messages) throws(NetlinkError) in
                for message in messages {
                    // What an earlier request was not waited for is nobody's.
                    let place = Int(message.sequence &- first)
                    guard place < requests.count else { continue }
                    if let code = try message.answer {
                        results[place] = code
                        if place == requests.count - 1 { isDone = true }
                    } else {
                        try take(message)
                    }
                }
            }
            guard part != nil else { throw .noAnswer }
        }
        return results
    }

    /// All that the kernel has of a kind, each made a value by `make`; reads again when it changed meanwhile.
    ///
    /// - Parameter count: for how many there is to be room from the beginning.
    package func dump<Value>(
        _ type: UInt16, payload: [UInt8] = [], expecting count: Int = 0,
        _ make: (NetlinkMessage) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> [Value] {
        for _ in 0..<Self.attempts {
            do { return try dumpOnce(type, payload, count, make) } catch .inconsistent { continue }
        }
        throw .inconsistent
    }

    private static let attempts = 5

    private func dumpOnce<Value>(
        _ type: UInt16, _ payload: [UInt8], _ count: Int, _ make: (NetlinkMessage) throws(NetlinkError) -> Value
    ) throws(NetlinkError) -> [Value] {
        let sequence = nextSequence(1)
        var octets = NetlinkMessage(
            type: type, flags: UInt16(NLM_F_REQUEST | NLM_F_DUMP), sequence: sequence, payload: payload[...]
        ).encoded
        try send(&octets)
        var values: [Value] = []
        values.reserveCapacity(count)
        var (isDone, isInconsistent) = (false, false)
        while !isDone {
            let part: Void? = try receive { (messages) throws(NetlinkError) in
                for message in messages where message.sequence == sequence {
                    if message.isInconsistent { isInconsistent = true }
                    if message.isDone {
                        isDone = true
                    } else if let code = try message.answer {
                        throw .refused(code)
                    } else {
                        values.append(try make(message))
                    }
                }
            }
            guard part != nil else { throw .noAnswer }
        }
        if isInconsistent { throw .inconsistent }
        return values
    }
}
