internal import CLinuxXfrm
package import IPsec

/// A policy of the kernel's SPD (`struct xfrm_userpolicy_info` and its attributes).
package struct XfrmPolicy: Equatable, Sendable {
    /// 0 in, 1 out, 2 forward; above: a socket's own.
    package var direction: UInt8
    package var selector: XfrmSelector
    package var lifetime = XfrmLifetime()
    package var use = XfrmLifetimeUse()
    /// The lower one comes first.
    package var priority: UInt32 = 0
    package var index: UInt32 = 0
    /// 0 allow, 1 block.
    package var action: UInt8 = 0
    package var flags: UInt8 = 0
    package var share: UInt8 = 0
    package var templates: [Template] = []
    package var mark: XfrmState.Mark?
    package var interfaceID: UInt32?
    /// 0 main, 1 sub.
    package var type: UInt8 = 0
    /// What Ferry does not know: an attribute's type, and how many octets it has.
    package var unknown: [UInt16: Int] = [:]

    /// Which SAs packets have to go through (`struct xfrm_user_tmpl`).
    package struct Template: Hashable, Sendable {
        package var destination: IPAddress
        package var source: IPAddress
        /// 0 for any.
        package var spi: UInt32 = 0
        package var securityProtocol: UInt8
        package var requestID: UInt32
        package var mode: UInt8
        package var share: UInt8 = 0
        package var isOptional = false
        /// Bit masks of the algorithms that may be used; all ones for any.
        package var algorithms = [UInt32](repeating: .max, count: 3)

        package init(
            source: IPAddress, destination: IPAddress, securityProtocol: UInt8, requestID: UInt32, mode: UInt8
        ) {
            (self.source, self.destination) = (source, destination)
            (self.securityProtocol, self.requestID, self.mode) = (securityProtocol, requestID, mode)
        }
    }

    package init(direction: UInt8, selector: XfrmSelector) { (self.direction, self.selector) = (direction, selector) }

    /// `sizeof(struct xfrm_userpolicy_info)`
    package static let octets = 168

    /// Reads a message of type `XFRM_MSG_NEWPOLICY`, or what follows another structure in one.
    package init(_ payload: ArraySlice<UInt8>) throws(NetlinkError) {
        guard payload.count >= Self.octets else { throw .truncated }
        var reader = KernelReader(payload.prefix(Self.octets))
        let selector = try XfrmSelector(&reader)
        let (lifetime, use) = (try XfrmLifetime(&reader), try XfrmLifetimeUse(&reader))
        let (priority, index) = (try reader.integer(UInt32.self), try reader.integer(UInt32.self))
        self.init(direction: try reader.integer(), selector: selector)
        (self.lifetime, self.use, self.priority, self.index) = (lifetime, use, priority, index)
        action = try reader.integer()
        flags = try reader.integer()
        share = try reader.integer()
        for (type, value) in try NetlinkAttributes(payload.dropFirst(Self.octets)).all { try take(type, value) }
    }

    private mutating func take(_ type: UInt16, _ value: ArraySlice<UInt8>) throws(NetlinkError) {
        var reader = KernelReader(value)
        switch UInt32(type) {
        case XFRMA_TMPL.rawValue:
            while reader.left >= Template.octets { templates.append(try Template(&reader)) }
        case XFRMA_MARK.rawValue: mark = XfrmState.Mark(value: try reader.integer(), mask: try reader.integer())
        case XFRMA_IF_ID.rawValue: interfaceID = try reader.integer()
        case XFRMA_POLICY_TYPE.rawValue: self.type = try reader.integer()
        case XFRMA_PAD.rawValue: break
        default: unknown[type] = value.count
        }
    }

    /// The payload of `XFRM_MSG_NEWPOLICY` and `XFRM_MSG_UPDPOLICY`.
    package var encoded: [UInt8] {
        var writer = KernelWriter()
        selector.append(to: &writer)
        lifetime.append(to: &writer)
        use.append(to: &writer)
        writer.integer(priority)
        writer.integer(index)
        for octet in [direction, action, flags, share] { writer.integer(octet) }
        writer.zeros(Self.octets - writer.octets.count)
        var all = marks
        if !templates.isEmpty {
            var list = KernelWriter()
            for template in templates { template.append(to: &list) }
            all.add(Int(XFRMA_TMPL.rawValue), list.octets)
        }
        return writer.octets + all.encoded
    }

    /// The payload of `XFRM_MSG_GETPOLICY` and `XFRM_MSG_DELPOLICY`: which policy is meant (`struct xfrm_userpolicy_id`).
    package var name: [UInt8] {
        var writer = KernelWriter()
        selector.append(to: &writer)
        writer.integer(UInt32(0))
        writer.integer(direction)
        writer.zeros(3)
        return writer.octets + marks.encoded
    }

    private var marks: NetlinkAttributes {
        var all = NetlinkAttributes()
        if let mark { all.add(Int(XFRMA_MARK.rawValue), mark.encoded) }
        if let interfaceID {
            var writer = KernelWriter()
            writer.integer(interfaceID)
            all.add(Int(XFRMA_IF_ID.rawValue), writer.octets)
        }
        return all
    }
}

extension XfrmPolicy.Template {
    /// `sizeof(struct xfrm_user_tmpl)`
    fileprivate static let octets = 64

    fileprivate init(_ reader: inout KernelReader) throws(NetlinkError) {
        var body = KernelReader(try reader.octets(Self.octets))
        let (destination, spi) = (try body.address(), try body.networkInteger(UInt32.self))
        let securityProtocol = try body.integer(UInt8.self)
        try body.skip(3)
        let family = try AddressFamily(kernel: try body.integer()) ?? .v4
        try body.skip(2)
        let source = try body.address()
        self.init(
            source: source.address(family), destination: destination.address(family),
            securityProtocol: securityProtocol, requestID: try body.integer(), mode: try body.integer())
        self.spi = spi
        share = try body.integer()
        isOptional = try body.integer(UInt8.self) != 0
        try body.skip(1)
        algorithms = [try body.integer(), try body.integer(), try body.integer()]
    }

    fileprivate func append(to writer: inout KernelWriter) {
        writer.address(destination)
        writer.networkInteger(spi)
        writer.integer(securityProtocol)
        writer.zeros(3)
        writer.integer(destination.family.kernel)
        writer.zeros(2)
        writer.address(source)
        writer.integer(requestID)
        writer.integer(mode)
        writer.integer(share)
        writer.integer(UInt8(isOptional ? 1 : 0))
        writer.zeros(1)
        for mask in algorithms { writer.integer(mask) }
    }
}
