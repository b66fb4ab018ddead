/// The lab's forwarding paths.
enum Paths {
    /// A mobile node is to be reached through `new` in place of `old`; both gateways are told.
    static func set(_ mobile: String = "MN", from old: String, to new: String) throws {
        for gateway in ["PR", "NR"] {
            _ = try Tool.ferry(
                ["path", "set", "--previous", "\(mobile),\(old),G,RN", "--next", "\(mobile),\(new),G,RN"],
                at: [gateway])
        }
    }
}
