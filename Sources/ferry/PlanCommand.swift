import ArgumentParser
import ConfigurationFiles
import ForwardingPath

/// `ferry plan FILE`: what would move, and why, from a file alone.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Say what happens to each SA when the paths change; nothing is moved.",
        discussion: """
            Reads a network or scenario file and needs no daemon. Exits 0 for any well-formed file, also where SAs are \
            in conflict or cannot be classified, and 2 for a file that cannot be read.
            """)

    @Argument(help: "A network or scenario file (YAML).")
    var file: String

    @Option(help: "How to print the plan.")
    var format = OutputFormat.table

    mutating func run() async throws {
        do {
            let report = PlanReport(try NetworkFile.load(file).plan)
            switch format {
            case .table: print(report.table())
            case .json: print(report.json())
            case .csv: print(report.csv())
            }
        } catch {
            throw CommandFailure.end(error.description, .usage)
        }
    }
}
