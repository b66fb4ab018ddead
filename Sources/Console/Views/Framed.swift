import Terminal

/// A list in a box with its count in the title.
enum Framed {
    /// Draws it over a part of the region.
    static func draw(
        _ list: any RowListing, titled title: String, in part: Rectangle, hasFocus: Bool = true,
        isSelectable: Bool = true, _ scene: Scene,
        on canvas: inout Canvas
    ) {
        guard !part.isEmpty else { return }
        let inside = canvas.box(part, title: "\(title) \(list.countText)", role: hasFocus ? .borderFocus : .border)
        canvas.with(inside) { canvas in
            list.draw(in: scene, hasFocus: hasFocus, isSelectable: isSelectable, on: &canvas)
        }
    }
}
