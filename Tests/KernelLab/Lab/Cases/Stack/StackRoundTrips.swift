import IPsec
import LinuxIPsec

/// What is installed is what is read again: every suite, with either length of numbers, several windows, in both modes, with
/// and without UDP, in both families, sent and received.
enum StackRoundTrips {
    static func run(_ report: inout StackReport) async throws {
        let stack = try await Stack.here.stack()
        let suites = try await stack.capabilities().suites
        report.suites = suites.count
        for suite in AlgorithmSuite.allESP + AlgorithmSuite.allAH where !suites.contains(suite) {
            print("lab: this kernel has no \(suite)")
        }
        report.check(suites.count >= 10, "the kernel has only \(suites.count) suites")
        for suite in suites.sorted(by: { $0.name < $1.name }) {
            let associations = try all(suite)
            try await stack.install(associations, policies: [])
            let identifiers = associations.map(\.identifier)
            let found = try await stack.associations(identifiers)
            for association in associations {
                let status = found[association.identifier]
                var read = status?.association
                read?.state.use.age = .zero
                let isSame = read == association && status?.phase == .inForce && status?.obstacle == nil
                if isSame { report.same += 1 }
                report.check(
                    isSame,
                    "\(describe(association)) is not read as it was installed: \(status?.obstacle?.reason ?? "")")
            }
            try await take(identifiers, of: associations, at: stack, &report)
        }
        try await allocate(&report)
    }

    private static func describe(_ association: SecurityAssociation) -> String {
        let attributes = association.attributes
        return "\(attributes.keys.suite) \(attributes.mode.name) \(association.direction.name) "
            + "\(association.identifier.destination.family) window \(attributes.replayWindowSize ?? 0)"
            + (attributes.extendedSequenceNumbers ? " extended" : "")
            + (attributes.encapsulation == nil ? "" : " in UDP")
    }

    /// Quiescing gives the state that was installed, and parks; removing leaves nothing.
    private static func take(
        _ identifiers: [SAIdentifier], of associations: [SecurityAssociation], at stack: LinuxStack,
        _ report: inout StackReport
    ) async throws {
        let states = try await stack.quiesce(identifiers, forwarding: nil)
        for association in associations {
            var state = states[association.identifier]
            state?.use.age = .zero
            report.check(state == association.state, "\(describe(association)) is taken out otherwise than it was")
        }
        let parked = try await stack.associations(identifiers).values.filter { $0.phase == .quiesced }.count
        report.check(parked == identifiers.count, "\(parked) of \(identifiers.count) SAs are parked")
        try await stack.remove(identifiers, keepsForwarding: false)
        let left = try await stack.associations().count
        report.check(left == 0, "\(left) SAs are left after all were removed")
    }

    /// All kinds of SAs of a suite.
    private static func all(_ suite: AlgorithmSuite) throws -> [SecurityAssociation] {
        var associations: [SecurityAssociation] = []
        let encapsulations = suite.securityProtocol == .esp ? [nil, UDPEncapsulation()] : [nil]
        for direction in Direction.allCases {
            for window in direction == .inbound ? [32, 64, 1_024, 4_096] : [64] {
                for isExtended in [false, true] {
                    for mode in ProtocolMode.standard {
                        for encapsulation in encapsulations {
                            for isSix in [false, true] {
                                let ends = isSix ? [1, 2].map(Stack.address6) : [1, 2].map(Stack.address)
                                let (source, destination) =
                                    direction == .outbound ? (ends[0], ends[1]) : (ends[1], ends[0])
                                associations.append(
                                    try Stack.association(
                                        0x1000 + UInt32(associations.count), suite, from: source, to: destination,
                                        direction
                                    ) {
                                        $0.replayWindowSize = window
                                        ($0.mode, $0.encapsulation) = (mode, encapsulation)
                                        $0.extendedSequenceNumbers = isExtended
                                        $0.softLifetime = Lifetime(seconds: 3_000, bytes: 1 << 40)
                                        $0.hardLifetime = Lifetime(seconds: 3_600, packets: 1 << 50)
                                    })
                            }
                        }
                    }
                }
            }
        }
        return associations.map(used)
    }

    /// In the middle of its life: some packets were sent or received.
    private static func used(_ association: SecurityAssociation) -> SecurityAssociation {
        var used = association
        let upper: UInt64 = association.attributes.extendedSequenceNumbers ? 3 << 32 : 0
        // With so many packets sent the nonces of a counter mode would be used up.
        let counts = association.attributes.keys.suite.encryption?.ivMode == .sequenceNumber
        if association.direction == .outbound { used.state.lastSent = SequenceNumber((counts ? 0 : upper) + 70_001) }
        used.state.window = association.attributes.replayWindowSize.flatMap { ReplayWindow(size: $0) }
        if let size = association.attributes.replayWindowSize {
            for back in [UInt64(size) - 1, 17, 5, 1, 0] {
                used.state.window?.record(SequenceNumber(upper + 90_000 - back))
            }
        }
        (used.state.use.bytes, used.state.use.packets) = (1 << 33, 70_000)
        (used.state.installs, used.state.renamings) = (3, 2)
        return used
    }

    /// The kernel chooses an SPI, the SA is completed and its lifetime changed.
    private static func allocate(_ report: inout StackReport) async throws {
        let database = try await Stack.here.database()
        guard let suite = AlgorithmSuite(esp: .aesGCM256) else { return }
        let wanted = try Stack.association(
            0x1000, suite, from: Stack.address(2), to: Stack.address(1), .inbound)
        var state = XfrmState(wanted, requestID: 1, now: KernelTime.now.seconds)
        state.spi = try database.allocateSPI(state, from: 0x5000...0x5003)
        report.check((0x5000...0x5003).contains(state.spi), "the kernel chose the SPI \(state.spi)")
        report.check(try database.update([state]) == [0], "an SA with an allocated SPI is not completed")
        state.lifetime.hardPackets = 77
        report.check(try database.update([state]) == [0], "a lifetime is not changed")
        let read = try database.states(named: [state.name])[state.name]
        report.check(
            read?.lifetime.hardPackets == 77 && read?.combined == state.combined, "an SA is not as it was completed")
        let end = try database.replace([state.name]) { $0.mark = KernelView.parkedMark }
        report.check(end.first?.end?.spi == state.spi && end.first?.code == 0, "an SA is not told at its end")
        state.mark = KernelView.parkedMark
        report.check(try database.delete([state.name]) == [0], "an SA is not parked")
        report.check(try database.states().isEmpty, "SAs are left")
    }
}
