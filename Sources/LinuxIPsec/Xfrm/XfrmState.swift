package import IPsec

/// An SA of the kernel's SAD with all that the kernel tells of it (`struct xfrm_usersa_info` and its attributes).
package struct XfrmState: Equatable, Sendable {
    package var selector = XfrmSelector(all: nil)
    package var destination: IPAddress
    package var source: IPAddress
    package var spi: UInt32
    /// 50 ESP, 51 AH, 108 IPComp, and others.
    package var securityProtocol: UInt8
    package var lifetime = XfrmLifetime()
    package var use = XfrmLifetimeUse()
    /// Packets refused: left of the window, seen before, and not whole.
    package var statistics = Statistics()
    package var sequence: UInt32 = 0
    package var requestID: UInt32 = 0
    /// 0 transport, 1 tunnel, and others.
    package var mode: UInt8
    /// `XFRM_STATE_…`
    package var flags: UInt8 = 0
    /// `XFRM_SA_XFLAG_…`
    package var extraFlags: UInt32 = 0
    package var replay = XfrmReplay()
    package var encryption: XfrmAlgorithm?
    package var authentication: XfrmAlgorithm?
    package var combined: XfrmAlgorithm?
    package var encapsulation: Encapsulation?
    package var mark: Mark?
    package var outputMark: UInt32?
    package var outputMarkMask: UInt32?
    package var interfaceID: UInt32?
    package var padding: UInt32?
    package var offload: Offload?
    /// In seconds since 1970, of the kernel's clock.
    package var lastUsed: UInt64?
    /// What Ferry does not know, or cannot carry: an attribute's type, and how many octets it has.
    package var unknown: [UInt16: Int] = [:]

    package struct Statistics: Hashable, Sendable {
        package var outsideWindow: UInt32 = 0
        package var replayed: UInt32 = 0
        package var integrityFailed: UInt32 = 0

        package init() {}
    }

    /// UDP encapsulation (`struct xfrm_encap_tmpl`).
    package struct Encapsulation: Hashable, Sendable {
        /// 2: `UDP_ENCAP_ESPINUDP`.
        package var type: UInt16
        package var sourcePort: UInt16
        package var destinationPort: UInt16

        package init(type: UInt16, sourcePort: UInt16, destinationPort: UInt16) {
            (self.type, self.sourcePort, self.destinationPort) = (type, sourcePort, destinationPort)
        }
    }

    /// Which packets' marks the SA is for (`struct xfrm_mark`).
    package struct Mark: Hashable, Sendable {
        package var value: UInt32
        package var mask: UInt32

        package init(value: UInt32, mask: UInt32) { (self.value, self.mask) = (value, mask) }

        var encoded: [UInt8] {
            var writer = KernelWriter()
            writer.integer(value)
            writer.integer(mask)
            return writer.octets
        }
    }

    /// The device that does its work (`struct xfrm_user_offload`).
    package struct Offload: Hashable, Sendable {
        package var interface: UInt32
        package var flags: UInt8

        package init(interface: UInt32, flags: UInt8) { (self.interface, self.flags) = (interface, flags) }
    }

    /// Whether it only keeps the place of an SA that was asked for: it has no algorithms, and processes nothing.
    package var isLarval: Bool { combined == nil && encryption == nil && authentication == nil }

    package init(spi: UInt32, source: IPAddress, destination: IPAddress, securityProtocol: UInt8, mode: UInt8) {
        (self.spi, self.source, self.destination) = (spi, source, destination)
        (self.securityProtocol, self.mode) = (securityProtocol, mode)
    }
}
