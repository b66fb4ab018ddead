extension ViciMessage {
    /// How many sections may be inside each other. VICI sets no limit; charon uses five.
    package static let deepest = 32

    /// The message of those octets, all of them.
    package init(decoding octets: ArraySlice<UInt8>) throws(ViciError) {
        var reader = ViciReader(octets)
        var open = [OpenSection(name: "")]
        while !reader.isAtEnd {
            let type = try reader.octet()
            guard let type = ViciElementType(rawValue: type) else { throw .unknownElement(type) }
            switch type {
            case .sectionStart:
                guard open.count <= Self.deepest else { throw .tooDeep }
                open.append(OpenSection(name: try reader.name()))
            case .sectionEnd:
                guard open.count > 1, let ended = open.popLast() else { throw .misplaced(type) }
                open[open.count - 1].add(ended.name, .section(ViciMessage(ended.elements)))
            case .keyValue:
                open[open.count - 1].add(try reader.name(), .value(try reader.value()))
            case .listStart:
                open[open.count - 1].add(try reader.name(), .list(try Self.items(&reader)))
            case .listItem, .listEnd:
                throw .misplaced(type)
            }
        }
        guard open.count == 1 else { throw .unclosed(open.count - 1) }
        self.init(open[0].elements)
    }

    /// The octets of the message; decoding them gives it back.
    package func encoded() throws(ViciError) -> [UInt8] {
        var octets: [UInt8] = []
        try write(to: &octets, depth: 0)
        return octets
    }

    private func write(to octets: inout [UInt8], depth: Int) throws(ViciError) {
        guard depth <= Self.deepest else { throw .tooDeep }
        for element in elements {
            switch element.content {
            case .value(let value):
                octets.append(ViciElementType.keyValue.rawValue)
                try octets.appendName(element.name)
                try octets.appendValue(value)
            case .list(let items):
                octets.append(ViciElementType.listStart.rawValue)
                try octets.appendName(element.name)
                for item in items {
                    octets.append(ViciElementType.listItem.rawValue)
                    try octets.appendValue(item)
                }
                octets.append(ViciElementType.listEnd.rawValue)
            case .section(let section):
                octets.append(ViciElementType.sectionStart.rawValue)
                try octets.appendName(element.name)
                try section.write(to: &octets, depth: depth + 1)
                octets.append(ViciElementType.sectionEnd.rawValue)
            }
        }
    }

    /// The items of a list whose start was read, up to its end.
    private static func items(_ reader: inout ViciReader) throws(ViciError) -> [[UInt8]] {
        var items: [[UInt8]] = []
        while !reader.isAtEnd {
            let type = try reader.octet()
            switch ViciElementType(rawValue: type) {
            case .listItem: items.append(try reader.value())
            case .listEnd: return items
            case .some(let type): throw .misplaced(type)
            case nil: throw .unknownElement(type)
            }
        }
        throw .unclosed(1)
    }
}

/// A section that was begun and not ended.
private struct OpenSection {
    let name: String
    private(set) var elements: [ViciElement] = []

    init(name: String) { self.name = name }

    mutating func add(_ name: String, _ content: ViciElement.Content) { elements.append(ViciElement(name, content)) }
}
