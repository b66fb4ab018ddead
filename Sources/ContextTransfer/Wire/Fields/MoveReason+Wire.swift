/// The code of a reason: 8 bits, and for some codes a text or a role after them.
package enum MoveReasonCode: UInt8, Hashable, Sendable, CaseIterable {
    case spiInUse = 1
    /// With a text: what is not supported.
    case unsupported = 2
    case noCapacity = 3
    case noAssociation = 4
    case associationChanged = 5
    case expired = 6
    /// With a text: who said no.
    case notApproved = 7
    /// With a text: who aborted.
    case aborted = 8
    /// With a role.
    case timeout = 9
    /// With a role.
    case restarted = 10
    case unknownMove = 11
    case busy = 12
    /// With a text: its words.
    case failure = 13
    case outdated = 19
    case notAuthorized = 20
    case groupFailed = 24
    /// With a text: for what packets.
    case policyInUse = 25
}

extension OctetReader {
    package mutating func reason() throws(WireError) -> MoveReason {
        switch try value(.reason, MoveReasonCode.self) {
        case .spiInUse: .spiInUse
        case .unsupported: .unsupported(try text(.text))
        case .noCapacity: .noCapacity
        case .noAssociation: .noAssociation
        case .associationChanged: .associationChanged
        case .expired: .expired
        case .notApproved: .notApproved(by: try text(.text))
        case .aborted: .aborted(by: try text(.text))
        case .timeout: .timeout(try value(.role))
        case .restarted: .restarted(try value(.role))
        case .unknownMove: .unknownMove
        case .busy: .busy
        case .failure: .failure(try text(.text))
        case .outdated: .outdated
        case .notAuthorized: .notAuthorized
        case .groupFailed: .groupFailed
        case .policyInUse: .policyInUse(try text(.text))
        }
    }
}

extension OctetWriter {
    package mutating func reason(_ reason: MoveReason) throws(WireError) {
        switch reason {
        case .spiInUse: code(.spiInUse)
        case .unsupported(let what): try code(.unsupported, what)
        case .noCapacity: code(.noCapacity)
        case .noAssociation: code(.noAssociation)
        case .associationChanged: code(.associationChanged)
        case .expired: code(.expired)
        case .notApproved(let by): try code(.notApproved, by)
        case .aborted(let by): try code(.aborted, by)
        case .timeout(let role): code(.timeout, role)
        case .restarted(let role): code(.restarted, role)
        case .unknownMove: code(.unknownMove)
        case .busy: code(.busy)
        case .failure(let words): try code(.failure, words)
        case .outdated: code(.outdated)
        case .notAuthorized: code(.notAuthorized)
        case .groupFailed: code(.groupFailed)
        case .policyInUse(let packets): try code(.policyInUse, packets)
        }
    }

    private mutating func code(_ code: MoveReasonCode) { append(code.rawValue) }

    private mutating func code(_ code: MoveReasonCode, _ role: MoveRole) {
        append(contentsOf: [code.rawValue, role.rawValue])
    }

    private mutating func code(_ code: MoveReasonCode, _ words: String) throws(WireError) {
        append(code.rawValue)
        try text(words, .text)
    }
}
