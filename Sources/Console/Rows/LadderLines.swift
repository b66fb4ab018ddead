import ContextTransfer
import ForwardingPath
import GatewayAPI
import Terminal

/// The messages of a move between gateways, from the first to the last: who sent what to whom.
enum LadderLines {
    /// A heading and a line for each message; empty where nothing was told.
    static func lines(of move: MoveID?, in scene: Scene) -> [DetailLine] {
        guard let move else { return [] }
        let ladder = scene.fleet.ladder(of: move)
        guard let first = ladder.first else { return [] }
        let sizes = ladder.map { Count.octets(UInt64(clamping: $0.octets)) }
        let widths = (
            nodes: ladder.map { route($0, scene.glyphs).count }.max() ?? 0, name: ladder.map(\.name.count).max() ?? 0,
            type: ladder.map(\.type.count).max() ?? 0, size: sizes.map(\.count).max() ?? 0
        )
        return [.heading("messages between gateways")]
            + zip(ladder, sizes).map { message, size in
                let since = Int64(message.clock.milliseconds) - Int64(first.clock.milliseconds)
                let way = cell(route(message, scene.glyphs), widths.nodes)
                return DetailLine(
                    "+\(since) ms", CellText(way + " "), CellText(cell(message.name, widths.name), .key),
                    CellText(
                        " \(cell(message.type, widths.type)) \(cell(size, widths.size, isTrailing: true))  ", .dim),
                    CellText(message.summary))
            }
    }

    private static func route(_ message: TracedMessage, _ glyphs: Glyphs) -> String {
        "\(message.from) \(glyphs.arrowRight) \(message.to)"
    }

    private static func cell(_ text: String, _ width: Int, isTrailing: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return isTrailing ? blanks + text : text + blanks
    }
}
