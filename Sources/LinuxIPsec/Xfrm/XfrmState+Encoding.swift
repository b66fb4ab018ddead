internal import CLinuxXfrm
internal import IPsec

extension XfrmState {
    /// The payload of `XFRM_MSG_NEWSA` and `XFRM_MSG_UPDSA`. It has the keys: the caller overwrites it.
    package var encoded: [UInt8] {
        let attributes = attributes
        var writer = KernelWriter(capacity: Self.octets + attributes.room)
        selector.append(to: &writer)
        writer.address(destination)
        writer.networkInteger(spi)
        writer.integer(securityProtocol)
        writer.zeros(3)
        writer.address(source)
        lifetime.append(to: &writer)
        use.append(to: &writer)
        for count in [statistics.outsideWindow, statistics.replayed, statistics.integrityFailed] {
            writer.integer(count)
        }
        writer.integer(sequence)
        writer.integer(requestID)
        writer.integer(destination.family.kernel)
        writer.integer(mode)
        writer.integer(UInt8(replay.isExtendedForm ? 0 : min(replay.window, 32)))
        writer.integer(flags)
        writer.zeros(Self.octets - writer.octets.count)
        attributes.append(to: &writer)
        return writer.octets
    }

    private var attributes: NetlinkAttributes {
        var all = NetlinkAttributes()
        if let combined { all.add(XFRMA_ALG_AEAD, combined.encoded) }
        if let encryption { all.add(XFRMA_ALG_CRYPT, encryption.encoded) }
        if let authentication { all.add(XFRMA_ALG_AUTH_TRUNC, authentication.encoded) }
        // Without it an SA that was used elsewhere would begin its lifetime anew.
        if use != XfrmLifetimeUse() { all.add(XFRMA_LTIME_VAL) { use.append(to: &$0) } }
        all.add(replay.isExtendedForm ? XFRMA_REPLAY_ESN_VAL : XFRMA_REPLAY_VAL, replay.encoded)
        if let encapsulation {
            all.add(XFRMA_ENCAP) { writer in
                writer.integer(encapsulation.type)
                writer.networkInteger(encapsulation.sourcePort)
                writer.networkInteger(encapsulation.destinationPort)
                writer.zeros(2 + 16)
            }
        }
        if let mark { all.add(XFRMA_MARK, mark.encoded) }
        for (type, number) in [
            (XFRMA_SET_MARK, outputMark), (XFRMA_SET_MARK_MASK, outputMarkMask), (XFRMA_IF_ID, interfaceID),
            (XFRMA_TFCPAD, padding), (XFRMA_SA_EXTRA_FLAGS, extraFlags == 0 ? nil : extraFlags),
        ] {
            if let number { all.add(type) { $0.integer(number) } }
        }
        return all
    }
}

extension NetlinkAttributes {
    fileprivate mutating func add(_ type: xfrm_attr_type_t, _ value: [UInt8]) { add(Int(type.rawValue), value) }

    fileprivate mutating func add(_ type: xfrm_attr_type_t, _ write: (inout KernelWriter) -> Void) {
        var writer = KernelWriter()
        write(&writer)
        add(type, writer.octets)
    }
}
