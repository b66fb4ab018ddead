extension NetlinkSocket {
    /// Has the kernel do all of these, in their order, in one system call: whenever this process ends, all of them were done
    /// or none was begun. For each 0, or the `errno` why it was not done; the others are done nevertheless.
    package func performWhole(_ requests: [Request]) throws(NetlinkError) -> [Int32] {
        guard !requests.isEmpty else { return [] }
        try reserve(octets: requests.reduce(0) { $0 + $1.payload.count + NetlinkMessage.headerOctets + 4 })
        return try performAtOnce(requests[...])
    }
}
