/// How long packets take between the lab's nodes.
enum Links {
    /// In milliseconds each way: between MN and the gateways, and between these.
    static func delay(mobile: Int, gateways: Int) throws {
        try clear()
        try add(mobile, to: ["dev", "MNout"])
        try add(mobile, to: ["dev", "out"], in: "MN")
        for gateway in ["PRout", "NRout"] { try add(gateways, to: ["dev", gateway]) }
    }

    static func clear() throws {
        for device in ["MNout", "PRout", "NRout"] { _ = try Tool.run("tc", ["qdisc", "del", "dev", device, "root"]) }
        _ = try Tool.run("tc", ["-n", "MN", "qdisc", "del", "dev", "out", "root"])
    }

    private static func add(_ delay: Int, to place: [String], in namespace: String? = nil) throws {
        guard delay > 0 else { return }
        let words = (namespace.map { ["-n", $0] } ?? []) + ["qdisc", "add"] + place
        let end = try Tool.run("tc", words + ["root", "netem", "delay", "\(delay)ms", "limit", "10000"])
        guard end.status == 0 else { throw LabError.failed("no delay: \(end.output)") }
    }
}
