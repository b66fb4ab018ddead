internal import CLinuxXfrm
internal import Glibc

/// Room for what a netlink socket reads, kept for the next time: many datagrams in one call.
struct DatagramBuffer: ~Copyable {
    private let octets: UnsafeMutableRawBufferPointer
    private let lengths: UnsafeMutableBufferPointer<UInt32>

    /// The kernel makes datagrams of dumps as large as a reader's room, and no larger than this.
    private static let room = 1 << 15
    private static let most = 16

    init() {
        octets = .allocate(byteCount: Self.room * Self.most, alignment: 16)
        lengths = .allocate(capacity: Self.most)
        lengths.initialize(repeating: 0)
    }

    deinit {
        octets.deallocate()
        lengths.deallocate()
    }

    /// The datagrams that are there, as many as there is room for; none where none is. The room is overwritten.
    mutating func receive(_ descriptor: Int32) throws(NetlinkError) -> [[UInt8]] {
        var count: Int32
        repeat {
            count = ferry_receive_datagrams(
                descriptor, octets.baseAddress, UInt32(Self.room), UInt32(Self.most), lengths.baseAddress)
        } while count < 0 && errno == EINTR
        guard count >= 0 else {
            switch errno {
            case EAGAIN: return []
            case ENOBUFS: throw .overrun
            default: throw .socket(errno)
            }
        }
        var datagrams: [[UInt8]] = []
        datagrams.reserveCapacity(Int(count))
        var isWhole = true
        for index in 0..<Int(count) {
            let length = Int(lengths[index])
            if length > Self.room { isWhole = false }
            let datagram = UnsafeMutableRawBufferPointer(
                rebasing: octets[index * Self.room..<index * Self.room + min(length, Self.room)])
            // A copy: a slice of the room would be overwritten with it.
            datagrams.append(Array(datagram))
            if let base = datagram.baseAddress { explicit_bzero(base, datagram.count) }
        }
        guard isWhole else { throw .truncated }
        return datagrams
    }
}
