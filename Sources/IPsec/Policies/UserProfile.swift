/// A user's static profile: what may protect the user's traffic, in order of preference (draft section 7.1).
package struct UserProfile: Hashable, Sendable {
    /// The user's name, as in ``SecurityAssociation/user``.
    package var user: String
    /// Allowed suites, the most preferred first; empty means no preference was set.
    package var suites: [AlgorithmSuite]
    /// Allowed modes, the most preferred first.
    package var modes: [ProtocolMode]

    package init(user: String, suites: [AlgorithmSuite] = [], modes: [ProtocolMode] = ProtocolMode.standard) {
        (self.user, self.suites, self.modes) = (user, suites, modes)
    }

    /// Whether the profile lets a suite be used.
    package func allows(_ suite: AlgorithmSuite) -> Bool { suites.isEmpty || suites.contains(suite) }

    /// The most preferred suite that `available` holds and that comes before `current`; `nil` when there is none.
    package func upgrade(from current: AlgorithmSuite, available: some Sequence<AlgorithmSuite>) -> AlgorithmSuite? {
        let better = suites.prefix { $0 != current }
        let available = Set(available)
        return better.first { available.contains($0) && $0.securityProtocol == current.securityProtocol }
    }

    /// What may take the place of a suite, the most preferred first: as the profile says, and where it says nothing what
    /// is there, then what is stronger, and never anything weaker.
    ///
    /// - Parameter onlyUpgrades: only what the profile prefers to it.
    package func suites(replacing current: AlgorithmSuite, onlyUpgrades: Bool = false) -> [AlgorithmSuite] {
        guard suites.isEmpty else {
            let wanted = onlyUpgrades ? Array(suites.prefix { $0 != current }) : suites
            return wanted.filter { $0.securityProtocol == current.securityProtocol }
        }
        guard !onlyUpgrades else { return [] }
        let all = current.securityProtocol == .esp ? AlgorithmSuite.allESP : AlgorithmSuite.allAH
        return [current] + all.prefix { $0 != current }
    }
}
