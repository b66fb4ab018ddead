internal import Glibc
internal import IPsec

/// Finds out which algorithms the kernel has: it is given an SA with each, which is taken away again.
struct KernelProbe {
    let database: XfrmDatabase

    /// Addresses that nobody has (RFC 5737).
    private static let addresses = (IPAddress(v4: 192, 0, 2, 1), IPAddress(v4: 192, 0, 2, 2))
    private static let firstSPI: UInt32 = 0xfe00_0000

    func suites() throws(NetlinkError) -> Set<AlgorithmSuite> {
        let all = AlgorithmSuite.allESP + AlgorithmSuite.allAH
        let states = all.enumerated().compactMap { index, suite in
            SPI(Self.firstSPI + UInt32(index)).map { spi in
                let (source, destination) = Self.addresses
                return XfrmState(
                    SecurityAssociation(
                        name: "", user: "",
                        identifier: SAIdentifier(
                            spi: spi, destination: destination, securityProtocol: suite.securityProtocol),
                        source: source, direction: .outbound,
                        attributes: StaticAttributes(mode: .transport, keys: KeyedSuite(random: suite))),
                    requestID: 0, now: 0)
            }
        }
        let codes = try database.add(states)
        _ = try database.delete(zip(states, codes).filter { $0.1 == 0 }.map(\.0.name))
        return Set(zip(all, codes).filter { $0.1 == 0 }.map(\.0))
    }
}
