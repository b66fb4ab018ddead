internal import Glibc
package import IPsec

/// Asks the neighbours whether one of them answers for an address: an ARP probe (RFC 5227 section 2.1.1), or a neighbour
/// solicitation as in duplicate address detection (RFC 4862 section 5.4.2).
package enum AddressProbe {
    /// How often it asks, and how long it waits for an answer each time, in milliseconds.
    private static let (attempts, patience) = (3, Int32(40))

    /// Whether another machine answers; `nil` where the neighbours cannot be asked, as while the interface is down. An interface
    /// without hardware addresses has none.
    package static func isAnswered(_ address: IPAddress, by interface: KernelInterfaces.Interface) async -> Bool? {
        guard interface.hardware.count == 6 else { return false }
        return await OwnThread.value { ask(address, by: interface) }
    }

    private static func ask(_ address: IPAddress, by interface: KernelInterfaces.Interface) -> Bool? {
        let type = FrameSocket.neighbourType(address.family)
        guard let socket = try? FrameSocket(at: interface, hears: type) else { return nil }
        let question = question(address, from: interface.hardware)
        for _ in 0..<attempts {
            guard socket.send(question) else { return nil }
            let end = KernelTime.now.nanoseconds + UInt64(patience) * 1_000_000
            while KernelTime.now.nanoseconds < end {
                guard let frame = socket.receive(milliseconds: patience) else { break }
                if isAnswer(frame, of: address, to: interface.hardware) { return true }
            }
        }
        return false
    }

    /// The frame with its header of 14 octets.
    package static func question(_ address: IPAddress, from hardware: [UInt8]) -> [UInt8] {
        let nobody = [UInt8](repeating: 0, count: 16)
        switch address.family {
        case .v4:
            return [UInt8](repeating: 0xff, count: 6) + hardware
                + [8, 6, 0, 1, 8, 0, 6, 4, 0, 1] + hardware + nobody[..<4] + nobody[..<6] + address.octets
        case .v6:
            let last = address.octets[13...]
            let group: [UInt8] = [0xff, 2] + nobody[..<9] + [1, 0xff] + last
            var message: [UInt8] = [135, 0, 0, 0, 0, 0, 0, 0] + address.octets
            FrameSocket.completeICMP(&message, from: nobody, to: group)
            let header: [UInt8] = [0x33, 0x33, 0xff] + last + hardware + [0x86, 0xdd]
            return header + [0x60, 0, 0, 0, 0, UInt8(message.count), 58, 255] + nobody + group + message
        }
    }

    /// Whether a frame says that somebody else has that address: an answer, or a claim, which an ARP request may be too
    /// (RFC 5227 section 2.1.1: any packet whose sender's address it is).
    package static func isAnswer(_ frame: [UInt8], of address: IPAddress, to hardware: [UInt8]) -> Bool {
        guard frame.count >= 42, Array(frame[6..<12]) != hardware else { return false }
        switch address.family {
        case .v4:
            return Array(frame[12..<14]) == [8, 6] && Array(frame[28..<32]) == address.octets
        case .v6:
            return frame.count >= 78 && Array(frame[12..<14]) == [0x86, 0xdd] && frame[20] == 58
                && frame[54] == 136 && Array(frame[62..<78]) == address.octets
        }
    }
}
