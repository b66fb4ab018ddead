/// A code (8 bits), and for some codes a text or a role.
extension OctetReader {
    package mutating func reason() throws(WireError) -> MoveReason {
        switch try integer(UInt8.self) {
        case 1: .spiInUse
        case 2: .unsupported(try text(.text))
        case 3: .noCapacity
        case 4: .noAssociation
        case 5: .associationChanged
        case 6: .expired
        case 7: .notApproved(by: try text(.text))
        case 8: .aborted(by: try text(.text))
        case 9: .timeout(try value(.role))
        case 10: .restarted(try value(.role))
        case 11: .unknownMove
        case 12: .busy
        case 13: .failure(try text(.text))
        default: throw .badValue(.reason)
        }
    }
}

extension OctetWriter {
    package mutating func reason(_ reason: MoveReason) throws(WireError) {
        switch reason {
        case .spiInUse: append(1 as UInt8)
        case .unsupported(let what): try code(2, what)
        case .noCapacity: append(3 as UInt8)
        case .noAssociation: append(4 as UInt8)
        case .associationChanged: append(5 as UInt8)
        case .expired: append(6 as UInt8)
        case .notApproved(let by): try code(7, by)
        case .aborted(let by): try code(8, by)
        case .timeout(let role): append(contentsOf: [9, role.rawValue])
        case .restarted(let role): append(contentsOf: [10, role.rawValue])
        case .unknownMove: append(11 as UInt8)
        case .busy: append(12 as UInt8)
        case .failure(let words): try code(13, words)
        }
    }

    private mutating func code(_ code: UInt8, _ words: String) throws(WireError) {
        append(code)
        try text(words, .text)
    }
}
