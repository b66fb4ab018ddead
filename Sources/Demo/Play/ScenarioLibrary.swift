package import ConfigurationFiles

/// The scenarios that ship with Ferry.
package enum ScenarioLibrary {
    /// Their names, in the order that a person would play them.
    package static let names = texts.map(\.name)

    /// The scenario of that name, or of the file at that path.
    package static func scenario(_ nameOrPath: String) throws(FileError) -> ScenarioFile {
        guard let octets = texts.first(where: { $0.name == nameOrPath })?.octets else {
            return try ScenarioFile.load(nameOrPath)
        }
        return try ScenarioFile.read(String(decoding: octets, as: UTF8.self), file: "\(nameOrPath).yaml")
    }

    private static let texts: [(name: String, octets: [UInt8])] = [
        ("figure-10", PackageResources.figure_10_yaml),
        ("figure-2", PackageResources.figure_2_yaml),
        ("figure-3", PackageResources.figure_3_yaml),
        ("figure-4", PackageResources.figure_4_yaml),
        ("figure-4-collocated", PackageResources.figure_4_collocated_yaml),
        ("figure-5", PackageResources.figure_5_yaml),
        ("figure-5-collocated", PackageResources.figure_5_collocated_yaml),
        ("figure-6", PackageResources.figure_6_yaml),
        ("figure-7", PackageResources.figure_7_yaml),
        ("figure-8", PackageResources.figure_8_yaml),
        ("figure-9", PackageResources.figure_9_yaml),
        ("planes", PackageResources.planes_yaml),
        ("marginal", PackageResources.marginal_yaml),
        ("significant", PackageResources.significant_yaml),
        ("any-two-entities", PackageResources.any_two_entities_yaml),
        ("early", PackageResources.early_yaml),
        ("late", PackageResources.late_yaml),
        ("late-nothing", PackageResources.late_nothing_yaml),
        ("indirect", PackageResources.indirect_yaml),
        ("direct", PackageResources.direct_yaml),
        ("spi-reassign", PackageResources.spi_reassign_yaml),
        ("mobile-controlled", PackageResources.mobile_controlled_yaml),
        ("source-initiated", PackageResources.source_initiated_yaml),
        ("target-initiated", PackageResources.target_initiated_yaml),
        ("ipv6", PackageResources.ipv6_yaml),
        ("anti-replay-off", PackageResources.anti_replay_off_yaml),
        ("esn", PackageResources.esn_yaml),
        ("two-remote-nodes", PackageResources.two_remote_nodes_yaml),
        ("static-policies", PackageResources.static_policies_yaml),
        ("ah", PackageResources.ah_yaml),
        ("pmtu-smaller", PackageResources.pmtu_smaller_yaml),
        ("pmtu-larger", PackageResources.pmtu_larger_yaml),
        ("mixed-families", PackageResources.mixed_families_yaml),
        ("private-addresses", PackageResources.private_addresses_yaml),
        ("spi-deny", PackageResources.spi_deny_yaml),
        ("spi-renegotiate", PackageResources.spi_renegotiate_yaml),
        ("algorithm-missing", PackageResources.algorithm_missing_yaml),
        ("profile-upgrade", PackageResources.profile_upgrade_yaml),
        ("lifetime-expiry", PackageResources.lifetime_expiry_yaml),
        ("drain", PackageResources.drain_yaml),
    ]
}
