internal import CLinuxXfrm
internal import Foundation

extension XfrmState {
    /// What no attribute of an SA stands for, in a person's words: what `ip xfrm state` shows besides.
    package var particulars: [String] {
        var words = ["request ID \(requestID)"]
        if past.installs > 1 { words.append("put in force \(past.installs) times") }
        if let mark { words.append("mark \(mark)") }
        if outputMark != nil || outputMarkMask != nil {
            words.append("gives mark \(Mark(value: outputMark ?? 0, mask: outputMarkMask ?? .max))")
        }
        if let interfaceID { words.append("XFRM interface \(interfaceID)") }
        if let offload { words.append("offload \(offload)") }
        if let padding { words.append("padded up to \(padding) octets") }
        if mode > 1 { words.append("mode \(Self.modes[mode] ?? "number \(mode)")") }
        if let type = encapsulation?.type, type != 2 { words.append("encapsulation type \(type)") }
        words += Self.flagNames.filter { flags & UInt8($0.0) != 0 }.map { "flag \($0.1)" }
        if extraFlags & ~UInt32(XFRM_SA_XFLAG_DONT_ENCAP_DSCP) != 0 {
            words.append("extra flags 0x\(String(extraFlags, radix: 16))")
        }
        if replay.window > 0, !(32...4_096).contains(replay.window) {
            words.append("window of \(replay.window) packets")
        }
        if lifetime.softUseSeconds != 0 || lifetime.hardUseSeconds != 0 {
            words.append(
                "lifetime since its first use: soft \(lifetime.softUseSeconds) s, hard \(lifetime.hardUseSeconds) s")
        }
        return words
            + unknown.sorted { $0.key < $1.key }.map { "unknown attribute \($0.key), \($0.value) octets" }
    }

    private static let modes: [UInt8: String] = [2: "route optimization", 3: "in trigger", 4: "beet"]

    /// Those that no attribute stands for.
    private static let flagNames = [
        (XFRM_STATE_NOECN, "noecn"), (XFRM_STATE_DECAP_DSCP, "decap-dscp"), (XFRM_STATE_WILDRECV, "wildrecv"),
        (XFRM_STATE_ICMP, "icmp"), (XFRM_STATE_ALIGN4, "align4"),
    ]
}

extension XfrmState.Mark: CustomStringConvertible {
    /// As iproute2 writes it: value and mask.
    package var description: String { "0x\(String(value, radix: 16))/0x\(String(mask, radix: 16))" }
}

extension XfrmState.Offload: CustomStringConvertible {
    /// The interface and what the flags say.
    package var description: String {
        var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
        let device =
            if_indextoname(interface, &name) == nil
            ? "interface \(interface)"
            : String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "to \(device)" + (flags & UInt8(XFRM_OFFLOAD_INBOUND) != 0 ? ", inbound" : "")
            + (flags & ~UInt8(XFRM_OFFLOAD_INBOUND) != 0 ? ", flags 0x\(String(flags, radix: 16))" : "")
    }
}
