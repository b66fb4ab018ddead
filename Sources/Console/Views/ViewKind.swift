/// One of the console's views; the raw value is the key that opens it.
enum ViewKind: Int, CaseIterable, Hashable {
    case dashboard, gateways, associations, policies, paths, moves, log

    /// In the line at the top, and after a colon.
    var name: String {
        switch self {
        case .dashboard: "Dashboard"
        case .gateways: "Gateways"
        case .associations: "SAD"
        case .policies: "SPD"
        case .paths: "Paths"
        case .moves: "Moves"
        case .log: "Log"
        }
    }

    /// The same where there is little room.
    var shortName: String {
        switch self {
        case .dashboard: "Dash"
        case .gateways: "GWs"
        case .associations, .policies, .paths, .moves, .log: name
        }
    }

    /// What it shows, for the help page.
    var summary: String {
        switch self {
        case .dashboard: "paths, moves and SAs together, live"
        case .gateways: "each daemon: reach, stack, SAs, packet rate, clock skew"
        case .associations: "every SA of every gateway"
        case .policies: "the ordered policies of every gateway"
        case .paths: "MN to RN drawn, with the SAs under it"
        case .moves: "the moves with their phases"
        case .log: "who did what, with the command line that does the same"
        }
    }
}
