import Foundation

extension PlanReport: Encodable {
    private enum CodingKeys: CodingKey {
        case paths
        case associations
    }

    /// Both lists are always there.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(paths, forKey: .paths)
        try container.encode(associations, forKey: .associations)
    }

    /// The report in JSON, its keys in alphabetical order, on one line.
    package func json() -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            preconditionFailure("A report has only text and numbers: \(error)")
        }
    }
}

extension PlanReport.Path: Encodable {
    private enum CodingKeys: CodingKey {
        case plane
        case gateway
        case reason
    }

    /// An unknown gateway is said to be null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(plane, forKey: .plane)
        try container.encode(gateway, forKey: .gateway)
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}

extension PlanReport.Association: Encodable {
    private enum CodingKeys: CodingKey {
        case name
        case type
        case action
        case moves
        case reason
    }

    /// An unknown type is said to be null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(type, forKey: .type)
        try container.encode(action, forKey: .action)
        try container.encode(moves, forKey: .moves)
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}
