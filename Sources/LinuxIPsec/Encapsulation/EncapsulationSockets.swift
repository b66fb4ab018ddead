internal import CLinuxXfrm
internal import Glibc
package import IPsec
internal import Synchronization

/// The sockets by which the kernel takes ESP in UDP (RFC 3948): one for each port and family that SAs receive at and that
/// nobody else has. Where an IKE daemon runs it has port 4500 with a socket of its own, and needs none of these.
package final class EncapsulationSockets: Sendable {
    /// Where encapsulated packets come.
    package struct Place: Hashable, Sendable {
        package let port: UInt16
        package let family: AddressFamily

        package init(port: UInt16, family: AddressFamily) { (self.port, self.family) = (port, family) }
    }

    private let open = Mutex<[Place: Int32]>([:])

    package init() {}

    deinit { open.withLock { $0.values.forEach { _ = Glibc.close($0) } } }

    /// The places that have a socket of this process.
    package var places: Set<Place> { open.withLock { Set($0.keys) } }

    /// Opens what these SAs need, before they come into force. A port that somebody else has is his, with what comes there:
    /// then that one takes the packets for the kernel, or nobody can.
    package func open(for states: [XfrmState], addresses: Set<IPAddress>) {
        for state in states where addresses.contains(state.destination) {
            guard let encapsulation = state.encapsulation, encapsulation.type == UInt16(UDP_ENCAP_ESPINUDP) else {
                continue
            }
            open(Place(port: encapsulation.destinationPort, family: state.destination.family))
        }
    }

    private func open(_ place: Place) {
        open.withLock { open in
            guard open[place] == nil, let descriptor = Self.socket(at: place) else { return }
            open[place] = descriptor
        }
    }

    /// `nil` where the port is somebody else's, or the kernel takes no ESP there.
    private static func socket(at place: Place) -> Int32? {
        let family = place.family == .v4 ? AF_INET : AF_INET6
        let descriptor = Glibc.socket(family, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        let isReady =
            (place.family == .v4 || set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 1)) && bind(descriptor, place)
            && set(descriptor, Int32(IPPROTO_UDP), UDP_ENCAP, UDP_ENCAP_ESPINUDP)
            // What else comes there is not read: it takes no memory.
            && set(descriptor, SOL_SOCKET, SO_RCVBUF, 0)
            // An IKE daemon that starts later asks for the same, and gets what comes from then on.
            && set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1) && exempt(descriptor, place.family)
        guard isReady else {
            Glibc.close(descriptor)
            return nil
        }
        return descriptor
    }

    /// To any address of the family; only where nobody else has the port, who would not get his packets any more.
    private static func bind(_ descriptor: Int32, _ place: Place) -> Bool {
        IPAddress(family: place.family, value: 0).withSocketAddress(port: place.port) {
            Glibc.bind(descriptor, $0, $1) == 0
        }
    }

    /// Policies are for what is in the packets, and not for those that carry it.
    private static func exempt(_ descriptor: Int32, _ family: AddressFamily) -> Bool {
        let policy = XfrmPolicy(direction: KernelView.inwards, selector: XfrmSelector(all: family)).encoded
        let (level, option) =
            family == .v4
            ? (Int32(IPPROTO_IP), IP_XFRM_POLICY) : (Int32(IPPROTO_IPV6), IPV6_XFRM_POLICY)
        return setsockopt(descriptor, level, option, policy, socklen_t(policy.count)) == 0
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) -> Bool {
        var value = value
        return setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size)) == 0
    }
}
