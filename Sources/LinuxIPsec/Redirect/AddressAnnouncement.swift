internal import Glibc
package import IPsec

/// Tells all neighbours that an address is at this machine's interface from now on: a gratuitous ARP (RFC 5227 section 3),
/// or an unsolicited neighbour advertisement (RFC 4861 section 7.2.6).
package enum AddressAnnouncement {
    /// Sends it once. Throws where the process may not.
    package static func send(_ address: IPAddress, by interface: KernelInterfaces.Interface) throws(StackError) {
        guard interface.hardware.count == 6 else { return }
        let type = FrameSocket.neighbourType(address.family)
        let sender = try FrameSocket(at: interface, hears: nil)
        guard sender.send(frame(address, from: interface.hardware, type)) else {
            throw .system("\(address) is not announced: \(ErrorText.of(errno))")
        }
    }

    /// The frame with its header of 14 octets.
    package static func frame(_ address: IPAddress, from hardware: [UInt8], _ type: UInt16) -> [UInt8] {
        var writer = KernelWriter()
        switch address.family {
        case .v4:
            writer.append(repeatElement(0xff, count: 6))
            writer.append(hardware)
            writer.networkInteger(type)
            // Ethernet, IPv4, their lengths, and a request: who has it, asked by whoever has it.
            writer.append([0, 1, 8, 0, 6, 4, 0, 1])
            writer.append(hardware + address.octets)
            writer.append([UInt8](repeating: 0, count: 6) + address.octets)
        case .v6:
            let all: [UInt8] = [0xff, 2] + [UInt8](repeating: 0, count: 13) + [1]
            writer.append([0x33, 0x33, 0, 0, 0, 1] + hardware)
            writer.networkInteger(type)
            // Type 136; override; the target, and its link-layer address.
            var message: [UInt8] = [136, 0, 0, 0, 0x20, 0, 0, 0] + address.octets + [2, 1] + hardware
            FrameSocket.completeICMP(&message, from: address.octets, to: all)
            writer.append([0x60, 0, 0, 0, 0, UInt8(message.count), 58, 255] + address.octets + all + message)
        }
        return writer.octets
    }
}
