/// Limits of an SA or a policy (`struct xfrm_lifetime_cfg`): octets and packets, of which `UInt64.max` is none; seconds, of
/// which 0 is none.
package struct XfrmLifetime: Hashable, Sendable {
    package var softBytes = UInt64.max
    package var hardBytes = UInt64.max
    package var softPackets = UInt64.max
    package var hardPackets = UInt64.max
    /// Since it was added.
    package var softSeconds: UInt64 = 0
    package var hardSeconds: UInt64 = 0
    /// Since it was first used.
    package var softUseSeconds: UInt64 = 0
    package var hardUseSeconds: UInt64 = 0

    package init() {}

    package init(_ reader: inout KernelReader) throws(NetlinkError) {
        softBytes = try reader.integer()
        hardBytes = try reader.integer()
        softPackets = try reader.integer()
        hardPackets = try reader.integer()
        softSeconds = try reader.integer()
        hardSeconds = try reader.integer()
        softUseSeconds = try reader.integer()
        hardUseSeconds = try reader.integer()
    }

    /// Whether an SA may end by how much it is used.
    package var endsByUse: Bool { hardBytes != .max || hardPackets != .max }

    package func append(to writer: inout KernelWriter) {
        let all = [
            softBytes, hardBytes, softPackets, hardPackets, softSeconds, hardSeconds, softUseSeconds, hardUseSeconds,
        ]
        for limit in all { writer.integer(limit) }
    }
}

/// What was used of a lifetime (`struct xfrm_lifetime_cur`).
package struct XfrmLifetimeUse: Hashable, Sendable {
    package var bytes: UInt64 = 0
    package var packets: UInt64 = 0
    /// When it was added and first used, in seconds of the kernel's clock since 1970; 0: never.
    package var added: UInt64 = 0
    package var firstUsed: UInt64 = 0

    package init() {}

    package init(_ reader: inout KernelReader) throws(NetlinkError) {
        bytes = try reader.integer()
        packets = try reader.integer()
        added = try reader.integer()
        firstUsed = try reader.integer()
    }

    package func append(to writer: inout KernelWriter) {
        for number in [bytes, packets, added, firstUsed] { writer.integer(number) }
    }
}

extension XfrmState {
    /// Whether its soft lifetime is reached by age or use.
    package func softLifetimeIsReached(now: UInt64) -> Bool {
        (lifetime.softSeconds != 0 && now >= use.added + lifetime.softSeconds)
            || use.bytes >= lifetime.softBytes || use.packets >= lifetime.softPackets
    }
}
