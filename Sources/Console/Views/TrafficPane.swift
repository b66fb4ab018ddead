import Terminal

/// The packet rate of each gateway over the last minutes.
struct TrafficPane {
    /// Draws it over the whole region, one line for each gateway that has SAs or had packets.
    func draw(in scene: Scene, on canvas: inout Canvas) {
        let gateways = scene.fleet.gateways.filter { $0.associations.liveCount > 0 || $0.rates.contains { $0 > 0 } }
        guard !gateways.isEmpty else {
            canvas.write(CellText("no gateway has packets to count", .dim), in: canvas.bounds.inset(left: 1))
            return
        }
        let top = gateways.flatMap(\.rates).max()
        let height = max(1, min(3, canvas.size.rows / gateways.count))
        for (number, gateway) in gateways.prefix(canvas.size.rows / height).enumerated() {
            let band = Rectangle(1, number * height, canvas.size.columns - 2, height)
            let parts = band.columns(.fixed(8), .flexible(minimum: 4), .fixed(9), gap: 1)
            let rate = gateway.rate(at: scene.now)
            canvas.write(
                CellText(gateway.name, gateway.isStale ? .statusStale : .text, cue: gateway.isStale),
                in: parts[0].lastLine)
            // A blank row keeps charts of several rows apart.
            let chart = parts[1].inset(top: height > 2 ? 1 : 0)
            Sparkline(gateway.rates, top: top, role: .graph(number + 1)).draw(in: chart, on: &canvas)
            let text = CellText(Count.rate(rate), (rate ?? 0) >= 0.5 ? .text : .dim)
            canvas.write(text, in: parts[2].lastLine, alignment: .trailing)
        }
    }
}
