package import SwiftProtobuf

/// A message of the protocol that stands for a value of the model.
package protocol WireMessage: SwiftProtobuf.Message {
    /// What it stands for.
    associatedtype Model: Sendable
    /// The message for a value of the model.
    init(_ model: Model)
    /// What it stands for; throws where a field is missing or wrong.
    var model: Model { get throws(MessageError) }
}

extension Sequence where Element: WireMessage {
    /// What the messages stand for, in their order.
    package var models: [Element.Model] {
        get throws(MessageError) {
            var models: [Element.Model] = []
            for message in self { models.append(try message.model) }
            return models
        }
    }
}
