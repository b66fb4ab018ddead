import Terminal

extension ConsoleProgram {
    /// The list that has the keys; `nil` where there is none.
    var list: (any RowListing)? {
        switch view {
        case .dashboard: pane == .associations ? associations : pane == .moves ? moves : nil
        case .gateways: gateways
        case .associations: associations
        case .policies: policies
        case .moves: isDrainFocused ? drained : moves
        case .log: events
        case .paths: nil
        }
    }

    /// Changes the list that has the keys, if there is one; the rows are those that are shown.
    mutating func changeList(_ change: (inout any RowListing, Fleet) -> Void) {
        guard var changed = list else { return }
        change(&changed, shown)
        switch changed {
        case let changed as RowList<GatewayRows>: gateways = changed
        case let changed as RowList<AssociationRows>: associations = changed
        case let changed as RowList<PolicyRows>: policies = changed
        case let changed as RowList<MoveRows>: moves = changed
        case let changed as RowList<DrainedRows>: drained = changed
        case let changed as RowList<EventRows>: events = changed
        default: preconditionFailure("Every list of the console is changed here.")
        }
    }
}
