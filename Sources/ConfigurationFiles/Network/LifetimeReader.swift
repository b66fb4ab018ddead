import IPsec

/// Reads lifetimes: `{soft: {seconds: 3000}, hard: {seconds: 3600, bytes: 1000000, packets: 1000}}`.
enum LifetimeReader {
    static func read(_ value: YAMLValue?) throws(FileError) -> (soft: Lifetime, hard: Lifetime) {
        guard let map = try value?.mapping(keys: ["soft", "hard"]) else { return (.unlimited, .unlimited) }
        let (soft, hard) = (try limits(map["soft"]), try limits(map["hard"]))
        for (name, soft, hard) in [
            ("seconds", soft.seconds, hard.seconds), ("bytes", soft.bytes, hard.bytes),
            ("packets", soft.packets, hard.packets),
        ] {
            guard let soft, let hard, soft > hard else { continue }
            throw map.value.error(
                "\(map.value.path).soft has \(soft) \(name), which is more than the hard \(hard)",
                fix: "Make the soft lifetime end first, so that there is time to renegotiate.")
        }
        return (soft, hard)
    }

    private static func limits(_ value: YAMLValue?) throws(FileError) -> Lifetime {
        guard let map = try value?.mapping(keys: ["seconds", "bytes", "packets"]) else { return .unlimited }
        return Lifetime(
            seconds: try limit(map["seconds"]), bytes: try limit(map["bytes"]), packets: try limit(map["packets"]))
    }

    private static func limit(_ value: YAMLValue?) throws(FileError) -> UInt64? {
        try value.map { value throws(FileError) in UInt64(try value.integer(1...Int.max)) }
    }
}
