internal import CLinuxXfrm
internal import IPPackets
internal import IPsec

/// A filter for packets that come by an interface, and what becomes of those that match, before anything else of the kernel
/// looks at them (`clsact` and `flower`). A value.
struct IngressFilter {
    /// What becomes of a packet.
    enum Action {
        /// It comes by that interface instead.
        case redirect(to: UInt32)
        /// It has that mark from then on.
        case mark(UInt32)
    }

    /// To where the packets go.
    var destination: AddressRange
    /// In bits, of ``destination``.
    var prefixLength: Int
    /// Their UDP port; `nil`: whatever they are.
    var port: UInt16?
    var action: Action

    /// `TC_H_CLSACT` and its ingress half.
    private static let root: UInt32 = 0xffff_fff1
    private static let ingress: UInt32 = 0xffff_fff2
    /// By which others' filters are told from these, for IPv4 and IPv6.
    private static let priorities: (v4: UInt32, v6: UInt32) = (0x4645, 0x4646)

    /// Prepares an interface: `EEXIST` where that was done before.
    static func prepare(_ interface: UInt32) -> NetlinkSocket.Request {
        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array("clsact".utf8) + [0])
        return NetlinkSocket.Request(
            type: UInt16(RTM_NEWQDISC), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: header(interface, handle: 0xffff_0000, parent: root, info: 0) + attributes.encoded)
    }

    /// Takes away the filter of that handle, or all of these.
    static func remove(_ handle: UInt32?, _ family: AddressFamily, at interface: UInt32) -> NetlinkSocket.Request {
        NetlinkSocket.Request(
            type: UInt16(RTM_DELTFILTER),
            payload: header(interface, handle: handle ?? 0, parent: ingress, info: info(family)))
    }

    /// Adds it.
    func request(at interface: UInt32, handle: UInt32) -> NetlinkSocket.Request {
        var first = NetlinkAttributes()
        first.add(1, actionAttributes.encoded)
        var options = keys
        options.add(Int(TCA_FLOWER_ACT), first.encoded)
        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array("flower".utf8) + [0])
        attributes.add(TCA_OPTIONS, options.encoded)
        return NetlinkSocket.Request(
            type: UInt16(RTM_NEWTFILTER), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: Self.header(
                interface, handle: handle, parent: Self.ingress, info: Self.info(destination.lower.family))
                + attributes.encoded)
    }

    private var keys: NetlinkAttributes {
        let family = destination.lower.family
        let mask = IPAddress(
            family: family, value: prefixLength == 0 ? 0 : UInt128.max << UInt128(family.bits - prefixLength))
        var keys = NetlinkAttributes()
        var type = KernelWriter()
        type.networkInteger(UInt16(family == .v4 ? 0x0800 : 0x86dd))
        keys.add(Int(TCA_FLOWER_KEY_ETH_TYPE), type.octets)
        let places =
            family == .v4
            ? (TCA_FLOWER_KEY_IPV4_DST, TCA_FLOWER_KEY_IPV4_DST_MASK)
            : (TCA_FLOWER_KEY_IPV6_DST, TCA_FLOWER_KEY_IPV6_DST_MASK)
        keys.add(Int(places.0), destination.lower.octets)
        keys.add(Int(places.1), mask.octets)
        if let port {
            keys.add(Int(TCA_FLOWER_KEY_IP_PROTO), [IPProtocol.udp])
            var number = KernelWriter()
            number.networkInteger(port)
            keys.add(Int(TCA_FLOWER_KEY_UDP_DST), number.octets)
        }
        return keys
    }

    private var actionAttributes: NetlinkAttributes {
        var (parameters, kind) = (NetlinkAttributes(), NetlinkAttributes())
        switch action {
        case .redirect(let device):
            // struct tc_mirred: index, capabilities, what becomes of the packet here, counts; redirect; to where.
            let words = [0, 0, UInt32(TC_ACT_STOLEN), 0, 0, UInt32(TCA_EGRESS_REDIR), device]
            parameters.add(Int(TCA_MIRRED_PARMS), Self.octets(words))
            kind.add(Int(TCA_ACT_KIND), Array("mirred".utf8) + [0])
        case .mark(let mark):
            // struct tc_skbedit: index, capabilities, what becomes of the packet here, counts.
            parameters.add(Int(TCA_SKBEDIT_PARMS), Self.octets([0, 0, UInt32(TC_ACT_OK), 0, 0]))
            parameters.add(Int(TCA_SKBEDIT_MARK), Self.octets([mark]))
            kind.add(Int(TCA_ACT_KIND), Array("skbedit".utf8) + [0])
        }
        kind.add(Int(TCA_ACT_OPTIONS), parameters.encoded)
        return kind
    }

    private static func octets(_ words: [UInt32]) -> [UInt8] {
        var writer = KernelWriter()
        for word in words { writer.integer(word) }
        return writer.octets
    }

    /// `struct tcmsg`
    private static func header(_ interface: UInt32, handle: UInt32, parent: UInt32, info: UInt32) -> [UInt8] {
        var writer = KernelWriter()
        writer.zeros(4)
        for word in [interface, handle, parent, info] { writer.integer(word) }
        return writer.octets
    }

    /// Priority in the upper half, and the protocol of the frame in network order in the lower one.
    private static func info(_ family: AddressFamily) -> UInt32 {
        let (priority, type) = family == .v4 ? (priorities.v4, UInt16(0x0800)) : (priorities.v6, 0x86dd)
        return priority << 16 | UInt32(type.bigEndian)
    }
}
