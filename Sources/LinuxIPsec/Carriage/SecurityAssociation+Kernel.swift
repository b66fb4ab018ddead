internal import CLinuxXfrm
package import IPsec

extension SecurityAssociation {
    /// The kernel's SA as what can be moved: with all that matters of it, or not at all.
    ///
    /// - Parameters:
    ///   - name: what a person calls it.
    ///   - user: whose it is.
    ///   - now: the kernel's clock, in seconds since 1970.
    package init(
        _ state: XfrmState, name: String, user: String, direction: Direction, realm: Realm = .default, now: UInt64
    ) throws(XfrmObstacle) {
        try Self.check(state)
        guard let securityProtocol = SecurityProtocol(rawValue: state.securityProtocol) else {
            throw .securityProtocol(state.securityProtocol)
        }
        guard let spi = SPI(state.spi) else { throw .reservedSPI(state.spi) }
        guard let mode = ProtocolMode(kernel: state.mode) else { throw .mode(state.mode) }
        var attributes = StaticAttributes(state, mode: mode, keys: try KeyedSuite(state))
        attributes.selectors = try state.selector.carried.map { [$0] } ?? []
        // What sends remembers nothing, whatever window it was given.
        let window = direction == .inbound ? try state.replay.receiverWindow() : nil
        attributes.replayWindowSize = window?.size
        self.init(
            name: name, user: user,
            identifier: SAIdentifier(
                spi: spi, destination: state.destination, securityProtocol: securityProtocol, realm: realm),
            source: state.source, direction: direction, attributes: attributes,
            state: DynamicAttributes(state, window: window, now: now))
    }

    /// What can be shown of a kernel SA that cannot be moved: without its keys.
    package init(
        shown state: XfrmState, identifier: SAIdentifier, name: String, user: String, direction: Direction, now: UInt64
    ) {
        let suite = AlgorithmSuite.named(state, identifier.securityProtocol)
        guard let keys = KeyedSuite(suite, encryptionKey: .empty, integrityKey: .empty) else {
            preconditionFailure("Algorithms that are not ours have no keys here.")
        }
        var attributes = StaticAttributes(state, mode: ProtocolMode(kernel: state.mode) ?? .other, keys: keys)
        attributes.selectors = (try? state.selector.carried).flatMap(\.self).map { [$0] } ?? []
        let window = direction == .inbound ? (try? state.replay.receiverWindow()).flatMap(\.self) : nil
        attributes.replayWindowSize = window?.size
        self.init(
            name: name, user: user, identifier: identifier, source: state.source, direction: direction,
            attributes: attributes, state: DynamicAttributes(state, window: window, now: now))
    }

    /// Flags that a context carries, or that follow from it.
    private static let carriedFlags = UInt8(XFRM_STATE_ESN | XFRM_STATE_NOPMTUDISC | XFRM_STATE_AF_UNSPEC)

    /// Throws for what no field of a context stands for.
    private static func check(_ state: XfrmState) throws(XfrmObstacle) {
        if let type = state.unknown.keys.min() { throw .unknownAttribute(type) }
        guard state.flags & ~carriedFlags == 0 else { throw .flags(state.flags & ~carriedFlags) }
        let extra = state.extraFlags & ~UInt32(XFRM_SA_XFLAG_DONT_ENCAP_DSCP)
        guard extra == 0 else { throw .extraFlags(extra) }
        guard state.mark == nil else { throw .mark }
        guard state.outputMark == nil, state.outputMarkMask == nil else { throw .outputMark }
        guard state.interfaceID == nil else { throw .interfaceID }
        guard state.offload == nil else { throw .offload }
        guard state.padding == nil else { throw .padding }
        if let type = state.encapsulation?.type, type != espInUDP { throw .encapsulation(type) }
        guard state.lifetime.softUseSeconds == 0, state.lifetime.hardUseSeconds == 0 else { throw .lifetimeSinceUse }
    }

    /// `UDP_ENCAP_ESPINUDP` (RFC 3948).
    private static let espInUDP: UInt16 = 2
}

extension StaticAttributes {
    /// What the kernel says in words that always fit.
    fileprivate init(_ state: XfrmState, mode: ProtocolMode, keys: KeyedSuite) {
        self.init(mode: mode, keys: keys)
        extendedSequenceNumbers = state.flags & UInt8(XFRM_STATE_ESN) != 0
        dontFragment = state.flags & UInt8(XFRM_STATE_NOPMTUDISC) != 0 ? .clear : .copy
        copiesDSCP = state.extraFlags & UInt32(XFRM_SA_XFLAG_DONT_ENCAP_DSCP) == 0
        encapsulation = state.encapsulation.map {
            UDPEncapsulation(source: $0.sourcePort, destination: $0.destinationPort)
        }
        softLifetime = Lifetime(
            seconds: state.lifetime.softSeconds, bytes: state.lifetime.softBytes, packets: state.lifetime.softPackets)
        hardLifetime = Lifetime(
            seconds: state.lifetime.hardSeconds, bytes: state.lifetime.hardBytes, packets: state.lifetime.hardPackets)
    }
}

extension DynamicAttributes {
    fileprivate init(_ state: XfrmState, window: ReplayWindow?, now: UInt64) {
        self.init()
        (lastSent, self.window) = (SequenceNumber(state.replay.lastSent), window)
        use = LifetimeUse(
            age: .seconds(Int64(clamping: now - min(now, state.use.added))), bytes: state.use.bytes,
            packets: state.use.packets)
        (installs, renamings) = (state.past.installs, state.past.renamings)
    }
}

extension XfrmState {
    /// An SA to be added to the kernel.
    ///
    /// - Parameters:
    ///   - requestID: by which the policies that use it name it.
    ///   - now: the kernel's clock, in seconds since 1970.
    package init(_ association: SecurityAssociation, requestID: UInt32, now: UInt64) {
        let (attributes, dynamic) = (association.attributes, association.state)
        self.init(
            spi: association.identifier.spi.value, source: association.source,
            destination: association.identifier.destination,
            securityProtocol: association.identifier.securityProtocol.rawValue, mode: attributes.mode.kernel)
        self.requestID = requestID
        past = XfrmPast(installs: dynamic.installs, renamings: dynamic.renamings)
        let family = association.identifier.destination.family
        selector = attributes.selectors.first.flatMap(XfrmSelector.init) ?? XfrmSelector(all: family)
        if attributes.extendedSequenceNumbers { flags |= UInt8(XFRM_STATE_ESN) }
        if attributes.dontFragment == .clear { flags |= UInt8(XFRM_STATE_NOPMTUDISC) }
        // A tunnel's inner packets may be of the other family.
        if attributes.mode == .tunnel, attributes.selectors.isEmpty { flags |= UInt8(XFRM_STATE_AF_UNSPEC) }
        if !attributes.copiesDSCP { extraFlags |= UInt32(XFRM_SA_XFLAG_DONT_ENCAP_DSCP) }
        lifetime.softSeconds = attributes.softLifetime.seconds ?? 0
        lifetime.softBytes = attributes.softLifetime.bytes ?? .max
        lifetime.softPackets = attributes.softLifetime.packets ?? .max
        lifetime.hardSeconds = attributes.hardLifetime.seconds ?? 0
        lifetime.hardBytes = attributes.hardLifetime.bytes ?? .max
        lifetime.hardPackets = attributes.hardLifetime.packets ?? .max
        (use.bytes, use.packets) = (dynamic.use.bytes, dynamic.use.packets)
        use.added = now - min(now, UInt64(max(0, dynamic.use.age.components.seconds)))
        replay = XfrmReplay(
            lastSent: dynamic.lastSent, window: dynamic.window, extended: attributes.extendedSequenceNumbers,
            receives: association.direction == .inbound)
        encapsulation = attributes.encapsulation.map {
            Encapsulation(type: 2, sourcePort: $0.source, destinationPort: $0.destination)
        }
        let keys = attributes.keys
        if let encryption = keys.suite.encryption {
            let algorithm = XfrmAlgorithm(
                name: encryption.kernelName, key: keys.encryptionKey,
                icvBits: encryption.isCombined ? UInt32(keys.suite.icvOctets * 8) : nil)
            if encryption.isCombined { combined = algorithm } else { self.encryption = algorithm }
        }
        if let integrity = keys.suite.integrity {
            authentication = XfrmAlgorithm(
                name: integrity.kernelName, key: keys.integrityKey, icvBits: UInt32(integrity.icvOctets * 8))
        }
    }
}

extension Lifetime {
    /// The kernel's limits, with its own words for none.
    fileprivate init(seconds: UInt64, bytes: UInt64, packets: UInt64) {
        self.init(
            seconds: seconds == 0 ? nil : seconds, bytes: bytes == .max ? nil : bytes,
            packets: packets == .max ? nil : packets)
    }
}

extension ProtocolMode {
    fileprivate init?(kernel number: UInt8) {
        switch Int32(number) {
        case XFRM_MODE_TRANSPORT: self = .transport
        case XFRM_MODE_TUNNEL: self = .tunnel
        default: return nil
        }
    }

    package var kernel: UInt8 { UInt8(self == .transport ? XFRM_MODE_TRANSPORT : XFRM_MODE_TUNNEL) }
}
