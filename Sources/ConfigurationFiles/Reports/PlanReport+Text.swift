extension PlanReport {
    /// The report for a person: the paths, an empty line, the SAs.
    package func table() -> String {
        let paths = TextTable(
            header: ["PLANE", "GATEWAY", "REASON"],
            rows: paths.map { [$0.plane, $0.gateway ?? "-", $0.reason ?? ""] })
        let associations = TextTable(
            header: ["NAME", "PLANE", "TYPE", "ACTION", "MOVES", "REASON"],
            rows: rows(empty: "-", arrow: " -> ", between: ", "))
        return paths.aligned + "\n" + associations.aligned
    }

    /// The SAs for a program.
    package func csv() -> String {
        TextTable(
            header: ["name", "plane", "type", "action", "moves", "reason"],
            rows: rows(empty: "", arrow: ">", between: " ")
        ).csv
    }

    private func rows(empty: String, arrow: String, between: String) -> [[String]] {
        associations.map { association in
            let moves = association.moves.map { "\($0.from)\(arrow)\($0.to)" }.joined(separator: between)
            return [
                association.name, association.plane, association.type.map(String.init) ?? empty, association.action,
                moves.isEmpty ? empty : moves, association.reason ?? "",
            ]
        }
    }
}
