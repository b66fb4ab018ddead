import Foundation
import IPsec

/// A file of `Fixtures`, and the places that fixtures name.
enum Fixture {
    /// The lines of a table, without comments; fields are separated by tabs.
    static func table(_ name: String) throws -> [[String]] {
        guard let url = Bundle.module.url(forResource: "Fixtures", withExtension: nil) else {
            throw CocoaError(.fileNoSuchFile)
        }
        let text = try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
