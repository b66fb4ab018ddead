package import ConfigurationFiles
import Demo
import Foundation

/// `ferry demo --list`, and in JSON under "scenarios": the scenarios that ship with Ferry, each with what it shows.
package struct ScenarioList {
    private let rows: [(name: String, text: String)]

    /// Of these, in their order.
    package init(_ scenarios: [ScenarioFile]) { rows = scenarios.map { ($0.name, $0.description ?? "") } }

    /// For people.
    package var table: String {
        TextTable(header: ["SCENARIO", "WHAT IT SHOWS"], rows: rows.map { [$0.name, $0.text] }).aligned
    }

    /// `{"scenarios": [{"description": "…", "name": "…"}]}`.
    package var json: String {
        let items = rows.map { ReportValue.object(["name": .text($0.name), "description": .text($0.text)]) }
        return ReportValue.object(["scenarios": .list(items)]).json + "\n"
    }

    /// What to say of a name that is neither a scenario's nor a file's; `nil` where there is such a file, or a path is
    /// meant.
    package static func unknown(_ name: String) -> String? {
        guard !name.contains("/"), !FileManager.default.fileExists(atPath: name) else { return nil }
        let hint = Suggestion(for: name, among: ScenarioLibrary.names).map { "did you mean \($0.word)? " } ?? ""
        return "there is no scenario \(name), and no file of that name: \(hint)ferry demo --list names the scenarios"
    }
}
