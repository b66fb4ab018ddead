import GatewayAPI
package import Terminal

extension ConsoleProgram {
    /// Draws all of it.
    package func view(on canvas: inout Canvas) {
        guard ScreenLayout.isUsable(canvas.size) else {
            canvas.write(summary(canvas.glyphs), at: .zero, limit: canvas.size.columns)
            return
        }
        let layout = ScreenLayout(canvas.size)
        let scene = scene(canvas.glyphs)
        HeaderLine(view: view, marks: marks).draw(on: &canvas)
        canvas.with(layout.body) { canvas in
            drawBody(scene, on: &canvas)
            if let page {
                let (title, lines) = pageLines(canvas.glyphs)
                DetailPage(title: title, lines: lines, scroll: page.scroll).draw(on: &canvas)
            }
            question?.draw(on: &canvas)
        }
        drawFooter(in: layout.footer, on: &canvas)
    }

    /// What is shown, and how.
    func scene(_ glyphs: Glyphs) -> Scene {
        Scene(
            fleet: shown, now: frozen?.since ?? now, secondsFromUTC: options.secondsFromUTC, glyphs: glyphs)
    }

    /// The page over the view: title and lines.
    func pageLines(_ glyphs: Glyphs) -> (title: String, lines: [DetailLine]) {
        guard page?.kind == .detail else {
            return (
                "Help",
                HelpPage.lines(isArmed: arming.isArmed(at: now), mayDecide: mayDecide, lesson: options.lesson)
            )
        }
        return list?.detail(in: scene(glyphs)) ?? ("Gone", [DetailLine("", "what was shown here is no longer there")])
    }

    /// Whether any gateway takes the user for an operator.
    var mayDecide: Bool {
        fleet.gateways.contains { $0.description?.callerRole == .operator }
            || fleet.gateways.allSatisfy { $0.description == nil }
    }

    private func drawBody(_ scene: Scene, on canvas: inout Canvas) {
        switch view {
        case .dashboard: DashboardView(console: self).draw(scene, on: &canvas)
        case .gateways: ListPage.draw(gateways, titled: "Gateways", scene, on: &canvas)
        case .associations: ListPage.draw(associations, titled: "SAD", scene, on: &canvas)
        case .policies: ListPage.draw(policies, titled: "SPD", scene, on: &canvas)
        case .paths: PathsView(console: self).draw(scene, on: &canvas)
        case .moves: MovesView(console: self).draw(scene, on: &canvas)
        case .log: ListPage.draw(events, titled: "Log", scene, on: &canvas)
        }
    }

    /// Trouble, then the mode.
    private var marks: [CellText] {
        var marks = size.columns >= 120 ? [CellText(census, .dim)] : []
        let lost = fleet.gateways.filter { if case .unreachable = $0.reach { true } else { false } }
        if let first = lost.first, case .unreachable(_, let since) = first.reach {
            // Also while frozen as it is now.
            let lostSeconds = Span.milliseconds(from: since, to: now) / 1000
            let what = lost.count == 1 ? first.name : "\(lost.count) gateways"
            marks.append(CellText("\(what) lost \(Span.coarse(seconds: lostSeconds))", .reach(first.reach), cue: true))
        }
        if let frozen {
            let behind = fleet.revisions.updates - frozen.fleet.revisions.updates
            let time = DayTime.text(frozen.since, secondsFromUTC: options.secondsFromUTC)
            marks.append(CellText("frozen \(time) +\(Count.text(behind))", .frozen, cue: true))
        }
        if !mayDecide {
            marks.append(CellText("viewer", .readOnly, cue: true))
        } else {
            let isArmed = arming.isArmed(at: now)
            marks.append(CellText(arming.word(at: now), isArmed ? .armed : .readOnly, cue: true))
        }
        return marks
    }

    /// How many gateways and SAs there are, and who we are: where there is room.
    private var census: String {
        let callers = Set(fleet.gateways.compactMap { $0.description?.callerName })
        return callers.count == 1 ? counted.text + ", \(callers.first ?? "")" : counted.text
    }

    private func drawFooter(in part: Rectangle, on canvas: inout Canvas) {
        canvas.with(part, ground: .footer) { canvas in
            if let entry {
                entry.draw(on: &canvas)
            } else if let notice, question == nil {
                canvas.write(notice.text.spelled(in: canvas.glyphs), in: canvas.bounds.inset(left: 1))
            } else {
                KeyHints(Hints(console: self).hints).draw(in: canvas.bounds, on: &canvas)
            }
        }
    }

    /// All in one line.
    private func summary(_ glyphs: Glyphs) -> String {
        let waiting = fleet.awaitingApproval.count
        let parts = [
            "\(counted.gateways.reached)/\(counted.gateways.all) gateways",
            Count.of(counted.associations, "SA", "SAs"),
            waiting > 0 ? "\(waiting) to approve" : Count.of(fleet.underWay.count, "move", "moves") + " under way",
        ]
        return "ferry: " + parts.joined(separator: ", ")
    }
}
