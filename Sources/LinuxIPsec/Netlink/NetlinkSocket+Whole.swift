internal import CLinuxXfrm

extension NetlinkSocket {
    /// Has the kernel do all of these, in their order, in one system call: whenever this process ends, all of them were done
    /// or none was begun. For each 0, or the `errno` why it was not done; the others are done nevertheless.
    package func performWhole(_ requests: [Request]) throws(NetlinkError) -> [Int32] {
        guard !requests.isEmpty else { return [] }
        var octets: [UInt8] = []
        octets.reserveCapacity(requests.reduce(0) { $0 + $1.payload.count + NetlinkMessage.headerOctets + 4 })
        var places: [UInt32: Int] = [:]
        var last: UInt32 = 0
        for (place, request) in requests.enumerated() {
            last = nextSequence()
            places[last] = place
            // Only the last one is answered where all is well: so many answers would fit in no buffer.
            let answer = place == requests.count - 1 ? NLM_F_ACK : 0
            octets +=
                NetlinkMessage(
                    type: request.type, flags: request.flags | UInt16(NLM_F_REQUEST | answer), sequence: last,
                    payload: request.payload[...]
                ).encoded
        }
        try reserve(octets: octets.count)
        try send(&octets)
        var results = [Int32](repeating: 0, count: requests.count)
        var isAnswered = false
        while !isAnswered {
            let part: Void? = try receive { (messages) throws(NetlinkError) in
                for message in messages {
                    guard let code = try message.answer, let place = places[message.sequence] else { continue }
                    results[place] = code
                    if message.sequence == last { isAnswered = true }
                }
            }
            guard part != nil else { throw .noAnswer }
        }
        return results
    }
}
