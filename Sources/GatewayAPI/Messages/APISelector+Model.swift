package import IPsec

extension APISelector: WireMessage {
    /// The message for a selector.
    package init(_ model: TrafficSelector) {
        self.init()
        source = model.source.description
        destination = model.destination.description
        if let number = model.nextProtocol { nextProtocol = UInt32(number) }
        if let ports = model.sourcePorts { sourcePorts = APIPortRange(ports) }
        if let ports = model.destinationPorts { destinationPorts = APIPortRange(ports) }
        if let text = model.name { name = text }
        if let level = model.sensitivityLevel { sensitivityLevel = UInt32(level) }
        if let codePoint = model.dscp { dscp = UInt32(codePoint) }
    }

    /// The selector.
    package var model: TrafficSelector {
        get throws(MessageError) {
            let level = try UInt8(exactly: sensitivityLevel).valid("sensitivity_level", sensitivityLevel)
            guard dscp < 64 else { throw .invalid(field: "dscp", value: String(dscp)) }
            return TrafficSelector(
                source: try AddressRange(source).valid("source", source),
                destination: try AddressRange(destination).valid("destination", destination),
                nextProtocol: hasNextProtocol
                    ? try UInt8(exactly: nextProtocol).valid("next_protocol", nextProtocol) : nil,
                sourcePorts: hasSourcePorts ? try sourcePorts.model : nil,
                destinationPorts: hasDestinationPorts ? try destinationPorts.model : nil,
                name: hasName ? name : nil, sensitivityLevel: hasSensitivityLevel ? level : nil,
                dscp: hasDscp ? UInt8(dscp) : nil)
        }
    }
}
