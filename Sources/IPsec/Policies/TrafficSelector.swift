/// A pattern for packets (RFC 4301 section 4.4.1.1). A field that is not used to match is absent or "any".
package struct TrafficSelector: Hashable, Sendable {
    package var source: AddressRange
    package var destination: AddressRange
    /// The next layer protocol; `nil` matches any.
    package var nextProtocol: UInt8?
    /// Ports, where the protocol has them (for ICMP: type × 256 + code); `nil` matches any, also none.
    package var sourcePorts: ClosedRange<UInt16>?
    package var destinationPorts: ClosedRange<UInt16>?
    /// The name of a user or system, where the SA was chosen by name.
    package var name: String?
    /// The sensitivity level of labelled traffic (draft section 7.2).
    package var sensitivityLevel: UInt8?
    /// The DSCP that traffic must carry, 0 to 63.
    package var dscp: UInt8?

    package init(
        source: AddressRange, destination: AddressRange, nextProtocol: UInt8? = nil,
        sourcePorts: ClosedRange<UInt16>? = nil, destinationPorts: ClosedRange<UInt16>? = nil,
        name: String? = nil, sensitivityLevel: UInt8? = nil, dscp: UInt8? = nil
    ) {
        self.source = source
        self.destination = destination
        self.nextProtocol = nextProtocol
        self.sourcePorts = sourcePorts
        self.destinationPorts = destinationPorts
        self.name = name
        self.sensitivityLevel = sensitivityLevel
        self.dscp = dscp
    }

    /// Whether `packet` has every property that this selector names. A name and a sensitivity level are not in a
    /// packet's headers: they are what the policy was chosen by, and match every packet here.
    package func matches(_ packet: PacketDescription) -> Bool {
        guard source.contains(packet.source), destination.contains(packet.destination) else { return false }
        if let nextProtocol, nextProtocol != packet.nextProtocol { return false }
        if let dscp, dscp != packet.dscp { return false }
        return matches(sourcePorts, packet.sourcePort) && matches(destinationPorts, packet.destinationPort)
    }

    private func matches(_ range: ClosedRange<UInt16>?, _ port: UInt16?) -> Bool {
        guard let range else { return true }
        // A fragment has no ports ("opaque"): it never matches a selector that asks for some.
        return port.map(range.contains) ?? false
    }
}

extension TrafficSelector: CustomStringConvertible {
    /// For example `10.0.0.0/8 → 10.1.0.1 udp 500`.
    package var description: String {
        var parts = ["\(source) → \(destination)"]
        if let nextProtocol { parts.append("proto \(nextProtocol)") }
        if let sourcePorts { parts.append("sport \(Self.text(sourcePorts))") }
        if let destinationPorts { parts.append("dport \(Self.text(destinationPorts))") }
        if let name { parts.append("name \(name)") }
        if let sensitivityLevel { parts.append("level \(sensitivityLevel)") }
        if let dscp { parts.append("dscp \(dscp)") }
        return parts.joined(separator: " ")
    }

    private static func text(_ range: ClosedRange<UInt16>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }
}
