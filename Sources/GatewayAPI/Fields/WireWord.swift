package import SwiftProtobuf

/// An enumeration of the protocol that mirrors one of the model.
///
/// A conforming type writes one exhaustive switch, from the model; the way back is found through it.
package protocol WireWord: SwiftProtobuf.Enum {
    /// What it mirrors.
    associatedtype Model: CaseIterable & Sendable
    /// The word for a value of the model.
    init(_ model: Model)
}

extension WireWord {
    /// The value of the model; throws ``MessageError/unknownWord(field:number:)`` where there is none, also for 0.
    package func model(_ field: String) throws(MessageError) -> Model {
        for model in Model.allCases where Self(model) == self { return model }
        throw .unknownWord(field: field, number: rawValue)
    }
}
