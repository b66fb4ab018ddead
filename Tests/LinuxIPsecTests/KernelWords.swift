import Foundation
import IPsec
import LinuxIPsec

/// What a kernel 6.1 said, taken down where iproute2 had added SAs and a policy.
enum KernelWords {
    static func messages(_ name: String) throws -> [NetlinkMessage] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name).bin")
        return try NetlinkMessage.all(in: Array(Data(contentsOf: file))).filter { !$0.isDone }
    }

    /// By SPI.
    static func states() throws -> [UInt32: XfrmState] {
        let states = try messages("states").map { try XfrmState($0.payload) }
        return Dictionary(uniqueKeysWithValues: states.map { ($0.spi, $0) })
    }

    static func address(_ last: UInt8) -> IPAddress { IPAddress(v4: 10, 0, 0, last) }
}

extension KeyMaterial {
    /// The octets, of keys that are no secret.
    var hex: String { withOctets { $0.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() } }
}
