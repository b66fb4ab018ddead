internal import CLinuxXfrm
internal import Glibc

/// A classic packet filter: the steps by which the kernel decides of each packet whether a socket gets it.
package struct PacketFilter: Equatable, Sendable {
    private let steps: [Step]

    /// - Parameter steps: at most 4,096, of which the last one takes or drops.
    package init(_ steps: [Step]) {
        precondition((1...Self.most).contains(steps.count), "The kernel takes 4,096 steps at the most.")
        self.steps = steps
    }

    private static let most = 4_096

    /// Has a socket take no other packets from now on; whether the system does so: where it does not, the filter from before
    /// remains.
    package func attach(to descriptor: Int32) -> Bool {
        var code = steps.map { sock_filter(code: $0.code, jt: 0, jf: $0.otherwise, k: $0.value) }
        return code.withUnsafeMutableBufferPointer { code in
            var program = sock_fprog(len: UInt16(code.count), filter: code.baseAddress)
            let size = socklen_t(MemoryLayout<sock_fprog>.size)
            return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, size) == 0
        }
    }

    /// Has a socket take all packets.
    package static func detach(from descriptor: Int32) {
        var nothing: Int32 = 0
        _ = setsockopt(descriptor, SOL_SOCKET, SO_DETACH_FILTER, &nothing, socklen_t(MemoryLayout<Int32>.size))
    }
}

extension PacketFilter {
    /// One step, on an accumulator and an index register of 32 bits each.
    package struct Step: Equatable, Sendable {
        fileprivate let code: UInt16
        /// How many steps are left out where a comparison fails.
        fileprivate var otherwise: UInt8 = 0
        fileprivate let value: UInt32

        private init(_ code: Int32, _ value: UInt32, otherwise: UInt8 = 0) {
            (self.code, self.value, self.otherwise) = (UInt16(code), value, otherwise)
        }

        /// The socket gets the packet.
        package static let take = Step(BPF_RET | BPF_K, .max)
        /// It does not.
        package static let drop = Step(BPF_RET | BPF_K, 0)

        /// Octets of the packet to the accumulator, the first one the highest.
        package static func load(_ width: Width, at place: UInt32) -> Step {
            Step(BPF_LD | width.code | BPF_ABS, place)
        }

        /// Octets that far behind the index register's place.
        package static func load(_ width: Width, behindIndex place: UInt32) -> Step {
            Step(BPF_LD | width.code | BPF_IND, place)
        }

        /// That number to the index register.
        package static func index(_ value: UInt32) -> Step { Step(BPF_LDX | BPF_W | BPF_IMM, value) }
        /// The length of the IPv4 header with which the packet begins to the index register, in octets.
        package static let indexHeader = Step(BPF_LDX | BPF_B | BPF_MSH, 0)

        /// Of the accumulator only these bits.
        package static func mask(_ bits: UInt32) -> Step { Step(BPF_ALU | BPF_AND | BPF_K, bits) }

        /// Leaves out the next steps.
        package static func skip(_ count: UInt32) -> Step { Step(BPF_JMP | BPF_JA, count) }
        /// Leaves out the next steps where the accumulator is not that.
        package static func skip(_ count: UInt8, unless value: UInt32) -> Step {
            Step(BPF_JMP | BPF_JEQ | BPF_K, value, otherwise: count)
        }
    }

    /// How much is loaded: 1, 2 or 4 octets.
    package enum Width: Sendable {
        case octet, half, word

        fileprivate var code: Int32 {
            switch self {
            case .octet: BPF_B
            case .half: BPF_H
            case .word: BPF_W
            }
        }
    }
}
