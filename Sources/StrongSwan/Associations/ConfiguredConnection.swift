package import IPsec

/// A connection of charon's configuration: what can be initiated.
package struct ConfiguredConnection: Hashable, Sendable {
    /// One child of a connection.
    package struct Child: Hashable, Sendable {
        package let name: String
        /// `nil` for one of charon's other modes.
        package let mode: ProtocolMode?
        package let localSelectors: [NegotiatedSelector]
        package let remoteSelectors: [NegotiatedSelector]
    }

    package let name: String
    /// The addresses and names that charon may use and that the far end may have, as they are configured.
    package let localAddresses: [String]
    package let remoteAddresses: [String]
    package let children: [Child]

    /// The connection of a section of `list-conn`; `name` is that of the section.
    package init(name: String, section: ViciMessage) {
        self.name = name
        localAddresses = section.list("local_addrs")
        remoteAddresses = section.list("remote_addrs")
        children = (section.section("children")?.sections ?? []).map { child in
            Child(
                name: child.name,
                mode: ProtocolMode.allCases.first { $0.name == child.section.text("mode")?.lowercased() },
                localSelectors: child.section.list("local-ts").map(NegotiatedSelector.init),
                remoteSelectors: child.section.list("remote-ts").map(NegotiatedSelector.init))
        }
    }
}
