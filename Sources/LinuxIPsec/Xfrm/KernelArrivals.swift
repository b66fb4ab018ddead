internal import CLinuxXfrm
package import IPsec

/// An SA that came to the kernel, or went from it, whoever did that.
package enum KernelArrival: Hashable, Sendable {
    /// An SA was added, or what was reserved for it was filled in.
    case came(Newcomer)
    case went(SAIdentifier)
    /// Notifications were lost, or all SAs deleted at once: what is known has to be read again.
    case overrun

    /// What matters of an SA that came. It has no key.
    package struct Newcomer: Hashable, Sendable {
        package let identifier: SAIdentifier
        package let source: IPAddress
        /// By which policies name it.
        package let requestID: UInt32
        /// Whether it refuses a packet that it is given twice.
        package let refusesCopies: Bool

        package init(identifier: SAIdentifier, source: IPAddress, requestID: UInt32, refusesCopies: Bool) {
            (self.identifier, self.source) = (identifier, source)
            (self.requestID, self.refusesCopies) = (requestID, refusesCopies)
        }
    }
}

/// Hears of SAs that come and go.
package final class KernelArrivals: Sendable {
    private let socket: NetlinkSocket

    private static let bufferOctets: Int32 = 1 << 23
    /// How long it waits before it looks whether it is over, in milliseconds.
    private static let patience: Int32 = 100

    package init() throws(NetlinkError) {
        socket = try NetlinkSocket(
            protocol: NETLINK_XFRM, groups: [XFRMNLGRP_SA.rawValue, XFRMNLGRP_EXPIRE.rawValue],
            bufferOctets: Self.bufferOctets)
    }

    /// Tells what comes and goes, until the task is cancelled.
    package func run(_ tell: @escaping @Sendable (KernelArrival) -> Void) async {
        await OwnThread.run { [self] isOver in
            while !isOver() {
                guard socket.wait(milliseconds: Self.patience) else { continue }
                do throws(NetlinkError) {
                    while let arrivals = try socket.receive(Self.arrivals) { arrivals.forEach(tell) }
                } catch {
                    // Whatever was lost, or could not be understood.
                    tell(.overrun)
                }
            }
        }
    }

    /// All SAs that are there now.
    package func present() throws(NetlinkError) -> [KernelArrival.Newcomer] {
        try XfrmDatabase().states().compactMap { state in
            guard state.mark == nil else { return nil }
            return SAIdentifier(state).map {
                KernelArrival.Newcomer(
                    identifier: $0, source: state.source, requestID: state.requestID,
                    refusesCopies: state.replay.window > 0)
            }
        }
    }

    /// What notifications tell. SAs that are out of service under a mark neither come nor go.
    package static func arrivals(_ messages: [NetlinkMessage]) throws(NetlinkError) -> [KernelArrival] {
        var arrivals: [KernelArrival] = []
        for message in messages {
            switch Int(message.type) {
            case XFRM_MSG_NEWSA, XFRM_MSG_UPDSA:
                if let newcomer = try newcomer(message.payload) { arrivals.append(.came(newcomer)) }
            case XFRM_MSG_DELSA:
                if let identifier = try SAIdentifier(gone: message.payload) { arrivals.append(.went(identifier)) }
            case XFRM_MSG_EXPIRE:
                if let identifier = try expired(message.payload) { arrivals.append(.went(identifier)) }
            case XFRM_MSG_FLUSHSA: arrivals.append(.overrun)
            default: break
            }
        }
        return arrivals
    }

    /// What a notification says has reached its hard lifetime (`struct xfrm_user_expire`: the SA, whether it was the hard one and
    /// seven octets of padding; attributes follow).
    private static func expired(_ payload: ArraySlice<UInt8>) throws(NetlinkError) -> SAIdentifier? {
        var rest = KernelReader(payload.dropFirst(XfrmState.octets))
        guard try rest.integer(UInt8.self) != 0 else { return nil }
        let types = try NetlinkAttributes(payload.dropFirst(XfrmState.octets + 8)).all.map { UInt32($0.type) }
        guard !types.contains(XFRMA_MARK.rawValue) else { return nil }
        return SAIdentifier(try XfrmState(payload.prefix(XfrmState.octets)))
    }

    /// Of all attributes, keys among them, only the types are looked at.
    private static func newcomer(_ payload: ArraySlice<UInt8>) throws(NetlinkError) -> KernelArrival.Newcomer? {
        let state = try XfrmState(payload.prefix(XfrmState.octets))
        let types = Set(try NetlinkAttributes(payload.dropFirst(XfrmState.octets)).all.map { UInt32($0.type) })
        guard let identifier = SAIdentifier(state), !types.contains(XFRMA_MARK.rawValue) else { return nil }
        return KernelArrival.Newcomer(
            identifier: identifier, source: state.source, requestID: state.requestID,
            refusesCopies: state.replay.window > 0 || types.contains(XFRMA_REPLAY_ESN_VAL.rawValue))
    }
}

extension SAIdentifier {
    /// What a notification says has ended (`struct xfrm_usersa_id`); `nil` for an SA that was out of service, and for a
    /// protocol that is none of IPsec's.
    fileprivate init?(gone payload: ArraySlice<UInt8>) throws(NetlinkError) {
        var reader = KernelReader(payload.prefix(XfrmName.octets))
        let (destination, spi) = (try reader.address(), try reader.networkInteger(UInt32.self))
        guard let family = try AddressFamily(kernel: try reader.integer()) else { return nil }
        let number = try reader.integer(UInt8.self)
        let types = try NetlinkAttributes(payload.dropFirst(XfrmName.octets)).all.map { UInt32($0.type) }
        guard let spi = SPI(spi), let securityProtocol = SecurityProtocol(rawValue: number),
            !types.contains(XFRMA_MARK.rawValue)
        else { return nil }
        self.init(spi: spi, destination: destination.address(family), securityProtocol: securityProtocol)
    }
}
