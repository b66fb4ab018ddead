import Foundation

/// The files beside these tests.
enum Fixture {
    static func path(_ name: String) -> String {
        let resources = Bundle.module.resourceURL ?? URL(fileURLWithPath: ".")
        return resources.appendingPathComponent("Fixtures").appendingPathComponent(name).path
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }
}
