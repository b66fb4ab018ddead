import ForwardingPath
import Testing

/// The draft's figures 2 to 10, each as the figure draws it.
@Suite("Figures of the draft")
struct FigureTests {
    struct Figure: CustomTestStringConvertible {
        let number: String
        let topology: Topology
        let type: SAType
        let action: PlannedAction
        let moves: String
        var testDescription: String { "figure \(number)" }
    }

    static let figures: [Figure] = [
        Figure(
            number: "2", topology: Topology("MN PR G S1 S2 RN", "MN NR G S1 S2 RN").with("S1 S2"),
            type: .one, action: .none, moves: ""),
        Figure(
            number: "3", topology: Topology("MN PR G S2 RN", "MN NR G S2 RN").with("MN S2"),
            type: .two, action: .none, moves: ""),
        Figure(
            number: "4", topology: Topology("MN PR S1 G S2 RN", "MN NR S1n G S2 RN").with("S1 S2"),
            type: .three, action: .move, moves: "S1>S1n"),
        Figure(
            number: "4, S1 at PR", topology: Topology("MN PR G S2 RN", "MN NR G S2 RN").with("PR S2"),
            type: .three, action: .move, moves: "PR>NR"),
        Figure(
            number: "5", topology: Topology("MN PR S1 S2 G RN", "MN NR S1n S2n G RN").with("S1 S2"),
            type: .four, action: .move, moves: "S1>S1n S2>S2n"),
        Figure(
            number: "5, S1 at PR", topology: Topology("MN PR S2 G RN", "MN NR S2n G RN").with("PR S2"),
            type: .four, action: .move, moves: "PR>NR S2>S2n"),
        Figure(
            number: "6", topology: Topology("MN PR S2 G RN", "MN NR S2n G RN").with("MN S2"),
            type: .five, action: .move, moves: "S2>S2n"),
        Figure(
            number: "7, S1-S2",
            topology: Topology("MN PR Sa Sb G RN", "MN NR San Sbn G RN").with("MN PR").with("Sa Sb"),
            type: .five, action: .move, moves: "PR>NR"),
        Figure(
            number: "7, Sa-Sb",
            topology: Topology("MN PR Sa Sb G RN", "MN NR San Sbn G RN").with("Sa Sb").with("MN PR"),
            type: .four, action: .move, moves: "Sa>San Sb>Sbn"),
        Figure(
            number: "8, inner", topology: Topology("MN PR Sb G RN", "MN NR Sbn G RN").with("MN Sb").with("PR Sb"),
            type: .five, action: .move, moves: "Sb>Sbn"),
        Figure(
            number: "8, outer", topology: Topology("MN PR Sb G RN", "MN NR Sbn G RN").with("PR Sb").with("MN Sb"),
            type: .four, action: .move, moves: "PR>NR Sb>Sbn"),
        Figure(
            number: "9", topology: Topology("MN PR G RN", "MN NR G RN", plane: .control).with("MN PR", plane: .control),
            type: .five, action: .move, moves: "PR>NR"),
        Figure(
            number: "10", topology: Topology("MN PR SG1 G RN", "MN NR SG2 G RN").with("MN SG1"),
            type: .five, action: .move, moves: "SG1>SG2"),
    ]

    @Test("an SA has the type and moves that its figure shows", arguments: figures)
    func typeAndMoves(figure: Figure) {
        let planned = figure.topology.first
        #expect(planned.type == figure.type)
        #expect(planned.action == figure.action)
        #expect(planned.moves == figure.moves)
        #expect(planned.reason == nil)
    }

    @Test("it is immaterial which end sends (draft 5.2)", arguments: figures)
    func eitherDirection(figure: Figure) {
        var turned = figure.topology
        for index in turned.associations.indices {
            let association = turned.associations[index]
            (turned.associations[index].from, turned.associations[index].to) = (association.to, association.from)
        }
        #expect(turned.first == figure.topology.first)
    }

    @Test("before the new path is known nothing is guessed", arguments: figures)
    func pending(figure: Figure) {
        var early = figure.topology
        early.paths[0].next = nil
        #expect(early.first.type == nil)
        #expect(early.first.action == .pending)
        #expect(early.first.moves == "")
        #expect(early.first.reason == .nextPathUnknown(early.paths[0].plane))
        #expect(early.plan.paths[0].gateway == nil)
        #expect(early.plan.paths[0].reason == .nextPathUnknown(early.paths[0].plane))
    }
}
