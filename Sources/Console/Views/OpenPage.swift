/// A page that lies over the view.
enum OpenPage: Hashable {
    /// All that is known of the selected row.
    case detail
    /// Which keys do what.
    case help
}
