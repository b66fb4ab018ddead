internal import CLinuxXfrm
internal import IPPackets
internal import IPsec

/// A filter for packets that come by an interface, and what becomes of those that match, before anything else of the kernel
/// looks at them (`clsact` with `flower` or `u32`). A value.
struct IngressFilter {
    /// What becomes of a packet.
    enum Action {
        /// It comes by that interface instead.
        case redirect(to: UInt32)
        /// It has that mark from then on.
        case mark(UInt32)
    }

    /// Which packets match.
    enum Match {
        /// All to a prefix, of so many bits.
        case destination(AddressRange, length: Int)
        /// IKE messages to an address: at port 500, or at 4500 behind the marker that no ESP packet begins with (RFC 3948
        /// section 2.2).
        case ike(IPAddress, port: UInt16)
    }

    var match: Match
    var action: Action

    /// `TC_H_CLSACT` and its ingress half.
    private static let root: UInt32 = 0xffff_fff1
    private static let ingress: UInt32 = 0xffff_fff2
    /// By which others' filters are told from these: one for each kind and family.
    enum Priority: UInt32, CaseIterable {
        case prefix4 = 0x4645
        case prefix6, ike4, ike6

        var family: AddressFamily { self == .prefix4 || self == .ike4 ? .v4 : .v6 }
    }

    var priority: Priority {
        switch match {
        case .destination(let range, _): range.lower.family == .v4 ? .prefix4 : .prefix6
        case .ike(let address, _): address.family == .v4 ? .ike4 : .ike6
        }
    }

    /// Prepares an interface: `EEXIST` where that was done before.
    static func prepare(_ interface: UInt32) -> NetlinkSocket.Request {
        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array("clsact".utf8) + [0])
        return NetlinkSocket.Request(
            type: UInt16(RTM_NEWQDISC), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: header(interface, handle: 0xffff_0000, parent: root, info: 0) + attributes.encoded)
    }

    /// Takes away the filter of that handle, or all of these.
    static func remove(_ handle: UInt32?, _ priority: Priority, at interface: UInt32) -> NetlinkSocket.Request {
        NetlinkSocket.Request(
            type: UInt16(RTM_DELTFILTER),
            payload: header(interface, handle: handle ?? 0, parent: ingress, info: info(priority)))
    }

    /// Adds it.
    ///
    /// - Parameter handle: by which it can be taken away; 0: the kernel gives it one.
    func request(at interface: UInt32, handle: UInt32 = 0) -> NetlinkSocket.Request {
        var first = NetlinkAttributes()
        first.add(1, actionAttributes.encoded)
        var (kind, options) = ("", NetlinkAttributes())
        switch match {
        case .destination(let range, let length):
            (kind, options) = ("flower", Self.keys(range, length))
            options.add(Int(TCA_FLOWER_ACT), first.encoded)
        case .ike(let address, let port):
            kind = "u32"
            options.add(Int(TCA_U32_SEL), Self.selection(address, port))
            options.add(Int(TCA_U32_ACT), first.encoded)
        }
        var attributes = NetlinkAttributes()
        attributes.add(TCA_KIND, Array(kind.utf8) + [0])
        attributes.add(TCA_OPTIONS, options.encoded)
        return NetlinkSocket.Request(
            type: UInt16(RTM_NEWTFILTER), flags: UInt16(NLM_F_CREATE | NLM_F_EXCL),
            payload: Self.header(interface, handle: handle, parent: Self.ingress, info: Self.info(priority))
                + attributes.encoded)
    }

    private static func keys(_ destination: AddressRange, _ length: Int) -> NetlinkAttributes {
        let family = destination.lower.family
        let mask = IPAddress(
            family: family, value: length == 0 ? 0 : UInt128.max << UInt128(family.bits - length))
        var keys = NetlinkAttributes()
        var type = KernelWriter()
        type.networkInteger(frameType(family))
        keys.add(Int(TCA_FLOWER_KEY_ETH_TYPE), type.octets)
        let places =
            family == .v4
            ? (TCA_FLOWER_KEY_IPV4_DST, TCA_FLOWER_KEY_IPV4_DST_MASK)
            : (TCA_FLOWER_KEY_IPV6_DST, TCA_FLOWER_KEY_IPV6_DST_MASK)
        keys.add(Int(places.0), destination.lower.octets)
        keys.add(Int(places.1), mask.octets)
        return keys
    }

    /// `struct tc_u32_sel` and its keys: words of the packet, by their place in it.
    private static func selection(_ address: IPAddress, _ port: UInt16) -> [UInt8] {
        var words: [(place: UInt32, mask: UInt32, value: UInt32)] = []
        let (target, transport): (UInt32, UInt32) = address.family == .v4 ? (16, 20) : (24, 40)
        switch address.family {
        case .v4:
            // No options, the first or only fragment, and UDP.
            words = [(0, 0x0f00_0000, 0x0500_0000), (4, 0x1fff, 0), (8, 0x00ff_0000, UInt32(IPProtocol.udp) << 16)]
        case .v6: words = [(4, 0xff00, UInt32(IPProtocol.udp) << 8)]
        }
        let octets = address.octets
        for start in stride(from: 0, to: octets.count, by: 4) {
            let word = octets[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            words.append((target + UInt32(start), .max, word))
        }
        words.append((transport, 0xffff, UInt32(port)))
        if port != IPProtocol.ikePort { words.append((transport + 8, .max, 0)) }
        var writer = KernelWriter()
        writer.append([UInt8(TC_U32_TERMINAL), 0, UInt8(words.count)])
        writer.zeros(13)
        for word in words {
            writer.networkInteger(word.mask)
            writer.networkInteger(word.value)
            writer.integer(word.place)
            writer.zeros(4)
        }
        return writer.octets
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
    private static func info(_ priority: Priority) -> UInt32 {
        priority.rawValue << 16 | UInt32(frameType(priority.family).bigEndian)
    }

    private static func frameType(_ family: AddressFamily) -> UInt16 { family == .v4 ? 0x0800 : 0x86dd }
}

extension IPProtocol {
    /// The port of IKE without encapsulation (RFC 7296 section 2).
    fileprivate static let ikePort: UInt16 = 500
}
