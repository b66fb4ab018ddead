internal import CLinuxXfrm
internal import Glibc
package import IPsec

/// The kernel's interfaces and their addresses, changed in rtnetlink.
package struct KernelInterfaces: Sendable {
    private let socket: NetlinkSocket

    private static let bufferOctets: Int32 = 1 << 20

    package init() throws(NetlinkError) {
        socket = try NetlinkSocket(protocol: NETLINK_ROUTE, bufferOctets: Self.bufferOctets)
    }

    /// A network interface.
    package struct Interface: Hashable, Sendable {
        package var index: UInt32
        package var name: String
        /// Its hardware address; empty where it has none.
        package var hardware: [UInt8]
        /// In octets.
        package var mtu: UInt32
    }

    /// All interfaces.
    package func interfaces() throws(NetlinkError) -> [Interface] {
        var header = KernelWriter()
        // struct ifinfomsg
        header.zeros(16)
        return try socket.dump(UInt16(RTM_GETLINK), payload: header.octets) { (message) throws(NetlinkError) in
            var reader = KernelReader(message.payload)
            try reader.skip(4)
            var interface = Interface(index: try reader.integer(), name: "", hardware: [], mtu: 0)
            for (type, value) in try NetlinkAttributes(message.payload.dropFirst(16)).all {
                var value = KernelReader(value)
                switch UInt32(type) {
                case UInt32(IFLA_IFNAME): interface.name = try value.text(value.left)
                case UInt32(IFLA_ADDRESS): interface.hardware = Array(try value.octets(value.left))
                case UInt32(IFLA_MTU): interface.mtu = try value.integer()
                default: break
                }
            }
            return interface
        }
    }

    /// Has an interface work.
    func setUp(_ name: String) throws(NetlinkError) {
        guard let interface = try interfaces().first(where: { $0.name == name }) else { throw .refused(ENODEV) }
        var header = KernelWriter()
        // struct ifinfomsg, with the flag in what is set and in what is changed.
        header.zeros(4)
        header.integer(interface.index)
        header.integer(UInt32(IFF_UP))
        header.integer(UInt32(IFF_UP))
        let code = try socket.perform([NetlinkSocket.Request(type: UInt16(RTM_NEWLINK), payload: header.octets)])[0]
        guard code == 0 else { throw .refused(code) }
    }

    /// Gives an interface an address of its own; nothing is asked of the network first. It is no error if it has it.
    package func add(_ address: IPAddress, to interface: UInt32) throws(NetlinkError) {
        let code = try change(UInt16(RTM_NEWADDR), NLM_F_CREATE | NLM_F_REPLACE, address, interface)
        guard code == 0 || code == EEXIST else { throw .refused(code) }
    }

    /// Takes an address from an interface. It is no error if it has it not.
    package func remove(_ address: IPAddress, from interface: UInt32) throws(NetlinkError) {
        let code = try change(UInt16(RTM_DELADDR), 0, address, interface)
        guard code == 0 || code == EADDRNOTAVAIL else { throw .refused(code) }
    }

    private func change(
        _ type: UInt16, _ flags: Int32, _ address: IPAddress, _ interface: UInt32
    ) throws(NetlinkError) -> Int32 {
        var writer = KernelWriter()
        writer.integer(UInt8(address.family.kernel))
        writer.integer(UInt8(address.family.bits))
        writer.integer(UInt8(address.family == .v6 ? IFA_F_NODAD : 0))
        writer.integer(UInt8(RT_SCOPE_UNIVERSE.rawValue))
        writer.integer(interface)
        var attributes = NetlinkAttributes()
        attributes.add(Int(IFA_LOCAL), address.octets)
        attributes.add(Int(IFA_ADDRESS), address.octets)
        let request = NetlinkSocket.Request(
            type: type, flags: UInt16(flags), payload: writer.octets + attributes.encoded)
        return try socket.perform([request])[0]
    }
}
