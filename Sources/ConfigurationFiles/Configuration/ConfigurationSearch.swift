/// Where Ferry's files are looked for, by the XDG Base Directory specification and under /etc.
package struct ConfigurationSearch: Sendable {
    private let environment: [String: String]

    /// The search in an environment, such as the process's own.
    package init(environment: [String: String]) { self.environment = environment }

    /// The paths that a configuration file such as `console.yaml` may have, the first to be tried first.
    package func configuration(_ name: String) -> [String] {
        paths(own: directory("XDG_CONFIG_HOME", orHome: ".config"), shared: "XDG_CONFIG_DIRS", or: "/etc/xdg", name)
            + ["/etc/ferry/\(name)"]
    }

    /// The paths that a data file such as `themes/dark.yaml` may have, the first to be tried first.
    package func data(_ name: String) -> [String] {
        paths(
            own: directory("XDG_DATA_HOME", orHome: ".local/share"), shared: "XDG_DATA_DIRS",
            or: "/usr/local/share:/usr/share", name)
    }

    /// The person's own directory, then the shared ones. The specification wants relative paths ignored.
    private func paths(own: String?, shared key: String, or fallback: String, _ name: String) -> [String] {
        let set = environment[key] ?? ""
        let shared = (set.isEmpty ? fallback : set).split(separator: ":").map(String.init)
        let all = ([own].compactMap(\.self) + shared).filter { $0.hasPrefix("/") }
        var seen: Set<String> = []
        return all.map { "\($0)/ferry/\(name)" }.filter { seen.insert($0).inserted }
    }

    private func directory(_ key: String, orHome folder: String) -> String? {
        if let set = environment[key], set.hasPrefix("/") { return set }
        return environment["HOME"].map { "\($0)/\(folder)" }
    }
}
