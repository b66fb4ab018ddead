/// What a VICI packet carries: a tree of named values, lists and sections, in the order they were sent.
///
/// Names are unique among the values of one section, among its lists and among its sections: a connection that an
/// operator called `up` is a section beside the value `up`.
package struct ViciMessage: Hashable, Sendable {
    /// The elements of the section, in order.
    package var elements: [ViciElement]

    package init(_ elements: [ViciElement] = []) { self.elements = elements }

    /// The octets of the first value of that name.
    package func octets(_ name: String) -> [UInt8]? {
        for element in elements where element.name == name {
            if case .value(let octets) = element.content { return octets }
        }
        return nil
    }

    /// The first value of that name as text; what is not UTF-8 in it becomes U+FFFD.
    package func text(_ name: String) -> String? { octets(name).map { String(decoding: $0, as: UTF8.self) } }

    /// The items of the first list of that name as text; no items where there is no such list.
    package func list(_ name: String) -> [String] {
        for element in elements where element.name == name {
            if case .list(let items) = element.content { return items.map { String(decoding: $0, as: UTF8.self) } }
        }
        return []
    }

    /// The first section of that name.
    package func section(_ name: String) -> ViciMessage? { sections.first { $0.name == name }?.section }

    /// The sections, in order, with their names.
    package var sections: [(name: String, section: ViciMessage)] {
        elements.compactMap { element in
            if case .section(let section) = element.content { (element.name, section) } else { nil }
        }
    }
}

extension ViciMessage: ExpressibleByDictionaryLiteral {
    /// A message of values that are texts.
    package init(dictionaryLiteral values: (String, String)...) {
        self.init(values.map { ViciElement($0, .value(Array($1.utf8))) })
    }
}

extension ViciMessage: CustomStringConvertible {
    /// The form that strongSwan's own tools print, for example `{success=yes matches=1}`.
    package var description: String { "{" + elements.map(\.description).joined(separator: " ") + "}" }
}
