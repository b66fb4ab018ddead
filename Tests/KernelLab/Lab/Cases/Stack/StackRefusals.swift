import Foundation
import IPsec
import LinuxIPsec

/// SAs of which something cannot be carried are listed with the reason, and are not taken out of service.
enum StackRefusals {
    /// What iproute2 adds besides, and a part of the reason.
    private static let kinds: [(arguments: [String], reason: String)] = [
        (["mark", "5", "mask", "0xff"], "a mark"), (["if_id", "9"], "XFRM interface"),
        (["output-mark", "7"], "gives packets a mark"), (["flag", "wildrecv"], "flags"),
        (["flag", "decap-dscp"], "flags"), (["extra-flag", "oseq-may-wrap"], "extra flags"),
        (["replay-window", "8"], "window"),
        (["limit", "time-use-soft", "100"], "first use"), (["mode", "beet"], "mode"),
    ]

    static func run(_ report: inout StackReport) async throws {
        let stack = try await Stack.here.stack()
        for (index, kind) in kinds.enumerated() {
            let spi = 0x6000 + index
            var arguments = [
                "-n", "STA", "xfrm", "state", "add", "src", "10.77.0.2", "dst", "10.77.0.1", "proto", "esp",
            ]
            arguments += ["spi", "\(spi)", "reqid", "\(spi)"]
            arguments += kind.arguments.contains("mode") ? [] : ["mode", "tunnel"]
            let algorithm = ["aead", "rfc4106(gcm(aes))", "0x" + String(repeating: "5a", count: 20), "128"]
            // An option comes before the algorithm, except for limits.
            arguments += kind.arguments.first == "limit" ? algorithm + kind.arguments : kind.arguments + algorithm
            let (output, status) = try Tool.run("ip", arguments)
            report.check(status == 0, "ip xfrm state add \(kind.arguments): \(output)")
            guard status == 0, let number = SPI(UInt32(spi)) else { continue }
            try await refuse(number, "\(kind.arguments)", kind.reason, stack, &report)
        }
        try await refuseUnknown(stack, &report)
        try Stack.ip("-n", "STA", "xfrm", "state", "flush")
    }

    private static func refuse(
        _ spi: SPI, _ kind: String, _ part: String, _ stack: LinuxStack, _ report: inout StackReport
    ) async throws {
        let identifier = SAIdentifier(spi: spi, destination: Stack.address(1), securityProtocol: .esp)
        let listed = try await stack.associations().first { $0.association.identifier == identifier }
        let found = try await stack.associations([identifier])[identifier]
        let reason = listed?.obstacle?.reason ?? "nothing"
        report.check(
            reason.contains(part) && listed?.obstacle == found?.obstacle,
            "\(kind) is listed with \(reason), and asked for with \(found?.obstacle?.reason ?? "nothing")")
        do {
            _ = try await stack.quiesce([identifier], forwarding: nil)
            report.check(false, "an SA with \(kind) is taken out of service")
        } catch StackError.unsupported {
            report.refused += 1
        }
        let still = try await stack.associations([identifier])[identifier]
        report.check(still?.phase == .inForce, "an SA with \(kind) is not there any more")
    }

    /// An SA with an attribute that Ferry does not know: a care-of address, which iproute2 gives only to others.
    private static func refuseUnknown(_ stack: LinuxStack, _ report: inout StackReport) async throws {
        guard let suite = AlgorithmSuite(esp: .aesGCM256), let spi = SPI(0x6fff) else { return }
        let association = try Stack.association(
            spi.value, suite, from: Stack.address(2), to: Stack.address(1), .inbound)
        var more = NetlinkAttributes()
        more.add(14, Stack.address(9).octets + [UInt8](repeating: 0, count: 12))
        let payload = XfrmState(association, requestID: 1, now: KernelTime.now.seconds).encoded + more.encoded
        let codes = try await Namespace.within("STA") {
            // NETLINK_XFRM, XFRM_MSG_NEWSA, NLM_F_CREATE
            try NetlinkSocket(protocol: 6, bufferOctets: 1 << 16).perform([
                NetlinkSocket.Request(type: 0x10, flags: 0x400, payload: payload)
            ])
        }
        report.check(codes == [0], "an SA with a care-of address is not added")
        try await refuse(spi, "a care-of address", "attribute of type 14", stack, &report)
    }
}
