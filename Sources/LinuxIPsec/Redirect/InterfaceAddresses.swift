internal import CLinuxXfrm
internal import Glibc
package import IPsec

/// Addresses on the kernel's interfaces. They are on the loopback interface too, at every gateway, so that packets that come
/// for them are its own.
package struct InterfaceAddresses: AddressNetwork {
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

    package var addresses: Set<IPAddress> { Set(places.map(\.address)) }

    package func isAnswered() async throws(StackError) -> Bool {
        let answers = await withTaskGroup(of: Bool?.self) { group in
            for place in places {
                group.addTask { await AddressProbe.isAnswered(place.address, by: place.interface) }
            }
            var answers: [Bool?] = []
            for await answer in group { answers.append(answer) }
            return answers
        }
        if answers.contains(true) { return true }
        guard !answers.contains(nil) else {
            let names = Set(places.map(\.interface.name)).sorted().joined(separator: " and ")
            throw .system("the neighbours at \(names) cannot be asked for virtual addresses: is it up?")
        }
        return false
    }

    package func take() throws(StackError) {
        do throws(NetlinkError) {
            for place in places { try routes.add(place.address, to: place.interface.index) }
        } catch { throw .system("a virtual address is not taken: \(error)") }
    }

    package func leave() throws(StackError) {
        do throws(NetlinkError) {
            for place in places { try routes.remove(place.address, from: place.interface.index) }
        } catch { throw .system("a virtual address is not given away: \(error)") }
    }

    package func announce() throws(StackError) {
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
