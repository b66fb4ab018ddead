internal import CLinuxXfrm
internal import IPsec

extension XfrmState {
    /// `sizeof(struct xfrm_usersa_info)`
    package static let octets = 224

    /// Reads a message of type `XFRM_MSG_NEWSA`, or what follows another structure in one.
    package init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
        guard payload.count >= Self.octets else { throw .truncated }
        var reader = KernelReader(payload.prefix(Self.octets))
        let selector = try XfrmSelector(&reader)
        let (destination, spi) = (try reader.address(), try reader.networkInteger(UInt32.self))
        let securityProtocol = try reader.integer(UInt8.self)
        try reader.skip(3)
        let source = try reader.address()
        let (lifetime, use) = (try XfrmLifetime(&reader), try XfrmLifetimeUse(&reader))
        var statistics = Statistics()
        statistics.outsideWindow = try reader.integer()
        statistics.replayed = try reader.integer()
        statistics.integrityFailed = try reader.integer()
        let (sequence, requestID) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
        guard let family = try AddressFamily(kernel: try reader.integer()) else { throw .unknown("address family", 0) }
        self.init(
            spi: spi, source: source.address(family), destination: destination.address(family),
            securityProtocol: securityProtocol, mode: try reader.integer())
        (self.selector, self.lifetime, self.use, self.statistics) = (selector, lifetime, use, statistics)
        (self.sequence, self.requestID) = (sequence, requestID)
        replay.window = UInt32(try reader.integer(UInt8.self))
        flags = try reader.integer()
        for (type, value) in try NetlinkAttributes(payload.dropFirst(Self.octets)).all { try take(type, value) }
    }

    /// The SA of which a notification of type `XFRM_MSG_DELSA` tells that it has ended: it follows the SA's name as an
    /// attribute, and its own attributes follow that one. `nil` where the kernel tells no more than the name.
    package init?(ended message: NetlinkMessage) throws(NetlinkError) {
        let attributes = message.payload.dropFirst(XfrmName.octets)
        guard let first = try NetlinkAttributes(attributes).all.first, first.type == XFRMA_SA.rawValue else {
            return nil
        }
        try self.init(first.value + message.payload[first.value.endIndex...])
    }

    private mutating func take(_ type: UInt16, _ value: ArraySlice<UInt8>) throws(NetlinkError) {
        var reader = KernelReader(value)
        switch UInt32(type) {
        case XFRMA_ALG_CRYPT.rawValue: encryption = try XfrmAlgorithm(value, hasICV: false)
        case XFRMA_ALG_AUTH_TRUNC.rawValue: authentication = try XfrmAlgorithm(value, hasICV: true)
        // The kernel tells the same with its length of ICV, which is what counts.
        case XFRMA_ALG_AUTH.rawValue: break
        case XFRMA_ALG_AEAD.rawValue: combined = try XfrmAlgorithm(value, hasICV: true)
        case XFRMA_REPLAY_VAL.rawValue where !replay.isExtendedForm:
            let window = replay.window
            replay = try XfrmReplay(old: value)
            replay.window = window
        case XFRMA_REPLAY_VAL.rawValue: break
        case XFRMA_REPLAY_ESN_VAL.rawValue: replay = try XfrmReplay(extended: value)
        case XFRMA_ENCAP.rawValue:
            encapsulation = Encapsulation(
                type: try reader.integer(), sourcePort: try reader.networkInteger(),
                destinationPort: try reader.networkInteger())
        case XFRMA_MARK.rawValue: mark = Mark(value: try reader.integer(), mask: try reader.integer())
        case XFRMA_SET_MARK.rawValue: outputMark = try reader.integer()
        case XFRMA_SET_MARK_MASK.rawValue: outputMarkMask = try reader.integer()
        case XFRMA_IF_ID.rawValue: interfaceID = try reader.integer()
        case XFRMA_TFCPAD.rawValue: padding = try reader.integer()
        case XFRMA_OFFLOAD_DEV.rawValue:
            offload = Offload(interface: try reader.integer(), flags: try reader.integer())
        case XFRMA_SA_EXTRA_FLAGS.rawValue: extraFlags = try reader.integer()
        case XFRMA_LASTUSED.rawValue: lastUsed = try reader.integer()
        case XFRMA_LTIME_VAL.rawValue: use = try XfrmLifetimeUse(&reader)
        // Thresholds of events, and padding: not of the SA's work.
        case XFRMA_REPLAY_THRESH.rawValue, XFRMA_ETIMER_THRESH.rawValue, XFRMA_PAD.rawValue: break
        default: unknown[type] = value.count
        }
    }
}
