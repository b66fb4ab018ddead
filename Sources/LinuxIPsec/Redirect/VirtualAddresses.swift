internal import CLinuxXfrm
internal import Glibc
package import IPsec

/// The addresses that move with SAs between gateways. Every gateway has them on its loopback interface, so that packets that
/// come for them are its own; the one that has the SAs has them on the interfaces to the networks as well, and answers for
/// them there.
package actor VirtualAddresses {
    /// Where addresses are.
    package struct Side: Sendable {
        package var interface: String
        package var addresses: [IPAddress]

        package init(interface: String, addresses: [IPAddress]) {
            (self.interface, self.addresses) = (interface, addresses)
        }
    }

    private let routes: KernelInterfaces
    private let places: [(interface: KernelInterfaces.Interface, address: IPAddress)]
    private var announcing: Task<Void, Never>?
    private var reclaiming: Task<Void, Never>?
    private var retreating: Task<Void, Never>?
    /// How often it left them.
    private var departures = 0
    private var asked: (answer: Task<Bool, Never>, time: ContinuousClock.Instant)?
    private static let patience = Duration.seconds(1)
    private static let moment = Duration.milliseconds(250)
    /// How long after it looked whether another gateway answers for what is of no use here it looks again: twice as long each
    /// time, up to the second.
    private static let watchfulness = (first: Duration.milliseconds(400), longest: Duration.seconds(30))

    /// When an address is announced, after it was claimed: a neighbour may not have heard, or not believe so early a change.
    private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(400), .milliseconds(700), .seconds(1)]

    /// Makes the addresses this machine's own. Throws where an interface is missing, or the process may not.
    package init(_ sides: [Side]) throws(StackError) {
        var places: [(interface: KernelInterfaces.Interface, address: IPAddress)] = []
        do throws(NetlinkError) {
            routes = try KernelInterfaces()
            let all = try routes.interfaces()
            guard let loopback = all.first(where: { $0.name == "lo" }) else { throw .refused(ENODEV) }
            for side in sides where !side.addresses.isEmpty {
                guard let interface = all.first(where: { $0.name == side.interface }) else {
                    throw .unknown("no interface \(side.interface)", 0)
                }
                // Else it would answer for what is on its loopback interface, and claim it in each question that it asks for a
                // packet that it sends from there.
                Self.set("/proc/sys/net/ipv4/conf/\(side.interface)/arp_ignore", to: "1")
                Self.set("/proc/sys/net/ipv4/conf/\(side.interface)/arp_announce", to: "2")
                for address in side.addresses {
                    try routes.add(address, to: loopback.index)
                    places.append((interface, address))
                }
            }
        } catch { throw .system("the virtual addresses: \(error)") }
        self.places = places
    }

    /// Whether an address is one of these.
    package nonisolated func contains(_ address: IPAddress) -> Bool { places.contains { $0.address == address } }

    /// Answers from now on for those that no other gateway answers for, and tells all neighbours so. One that has SAs at such an
    /// address answers for it until its last SA has gone, and passes on what is for the others.
    /// Throws where it cannot be found out.
    package func claimUnanswered() async throws(StackError) {
        let before = departures
        let answers = await Self.answers(places)
        // Together: they are one gateway's.
        if answers.contains(true) { return }
        guard !answers.contains(nil) else {
            let names = Set(places.map(\.interface.name)).sorted().joined(separator: " and ")
            throw .system("the neighbours at \(names) cannot be asked for virtual addresses: is it up?")
        }
        // The SAs have gone on meanwhile.
        guard departures == before else { return }
        try claim()
    }

    /// Whether another gateway answers for one of them, or did a moment ago: many may ask at once.
    package func areAnswered() async -> Bool {
        if let asked, asked.time.duration(to: .now) < Self.moment { return await asked.answer.value }
        let answer = Task { [places] in await Self.answers(places).contains(true) }
        asked = (answer, .now)
        return await answer.value
    }

    /// Of each place whether another machine answers there; `nil` where it cannot be asked.
    private nonisolated static func answers(
        _ places: [(interface: KernelInterfaces.Interface, address: IPAddress)]
    ) async -> [Bool?] {
        await withTaskGroup(of: Bool?.self) { group in
            for place in places {
                group.addTask { await AddressProbe.isAnswered(place.address, by: place.interface) }
            }
            var answers: [Bool?] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
    }

    /// The same, as soon as it can be found out.
    func reclaim() {
        reclaiming?.cancel()
        retreating?.cancel()
        reclaiming = Task { [self] in
            while !Task.isCancelled {
                if (try? await claimUnanswered()) != nil { return }
                try? await Task.sleep(for: Self.patience)
            }
        }
    }

    /// Answers for them from now on, and tells all neighbours so.
    package func claim() throws(StackError) {
        announcing?.cancel()
        reclaiming?.cancel()
        retreating?.cancel()
        do throws(NetlinkError) {
            for place in places { try routes.add(place.address, to: place.interface.index) }
        } catch { throw .system("a virtual address is not taken: \(error)") }
        try announce()
        announcing = Task { [self] in
            for pause in Self.pauses {
                guard (try? await Task.sleep(for: pause)) != nil else { return }
                try? announce()
            }
        }
    }

    /// Nothing here needs them any more: leaves them as soon as another gateway answers for one too, which has their traffic then.
    /// Until then somebody has to answer, since key management is found by them.
    func leaveAnswered() {
        retreating?.cancel()
        retreating = Task { [self] in
            var pause = Self.watchfulness.first
            while !Task.isCancelled {
                let isAnswered = await Self.answers(places).contains(true)
                guard !Task.isCancelled else { return }
                if isAnswered { return (try? leave()) ?? () }
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, Self.watchfulness.longest)
            }
        }
    }

    /// Answers for them no more.
    package func leave() throws(StackError) {
        departures += 1
        announcing?.cancel()
        reclaiming?.cancel()
        retreating?.cancel()
        do throws(NetlinkError) {
            for place in places { try routes.remove(place.address, from: place.interface.index) }
        } catch { throw .system("a virtual address is not given away: \(error)") }
    }

    private func announce() throws(StackError) {
        for place in places { try AddressAnnouncement.send(place.address, by: place.interface) }
    }

    /// What cannot be set was set by somebody else, or is missed when two machines answer.
    private static func set(_ path: String, to value: String) {
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        _ = write(file, value, value.utf8.count)
        close(file)
    }
}
