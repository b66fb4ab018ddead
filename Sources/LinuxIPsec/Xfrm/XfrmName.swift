internal import CLinuxXfrm
package import IPsec

/// What names an SA in the kernel (`struct xfrm_usersa_id`, with its mark and XFRM interface).
package struct XfrmName: Hashable, Sendable {
    package var destination: IPAddress
    package var spi: UInt32
    package var securityProtocol: UInt8
    package var mark: XfrmState.Mark?
    package var interfaceID: UInt32?

    package init(
        _ identifier: SAIdentifier, mark: XfrmState.Mark? = nil
    ) {
        (destination, spi) = (identifier.destination, identifier.spi.value)
        (securityProtocol, self.mark) = (identifier.securityProtocol.rawValue, mark)
    }

    fileprivate init(_ state: XfrmState) {
        (destination, spi) = (state.destination, state.spi)
        (securityProtocol, mark, interfaceID) = (state.securityProtocol, state.mark, state.interfaceID)
    }

    /// What the same SA is called while it is out of service.
    package var parked: XfrmName {
        var name = self
        name.mark = KernelView.parkedMark
        return name
    }

    /// `sizeof(struct xfrm_usersa_id)`
    package static let octets = 24

    /// The payload of `XFRM_MSG_GETSA` and `XFRM_MSG_DELSA`.
    package var encoded: [UInt8] {
        var writer = KernelWriter()
        writer.address(destination)
        writer.networkInteger(spi)
        writer.integer(destination.family.kernel)
        writer.integer(securityProtocol)
        writer.zeros(1)
        var all = NetlinkAttributes()
        if let mark { all.add(Int(XFRMA_MARK.rawValue), mark.encoded) }
        if let interfaceID {
            var number = KernelWriter()
            number.integer(interfaceID)
            all.add(Int(XFRMA_IF_ID.rawValue), number.octets)
        }
        return writer.octets + all.encoded
    }
}

extension XfrmState {
    /// What names it.
    package var name: XfrmName { XfrmName(self) }
}
