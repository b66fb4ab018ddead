internal import Glibc
internal import IPPackets
package import IPsec
internal import Synchronization

/// A gate that holds copies: while an SA is out of service the kernel refuses its packets, and has no SA to take them with;
/// what was copied before is given to it when it has.
///
/// One thread reads, from ``run()`` on; decisions are ``HeldTraffic``'s.
package final class CaptureGate: PacketGate {
    private let sockets: RawSockets
    private let device: TunnelDevice
    /// What comes by it leaves protected or not at all.
    private let guarded: TunnelDevice
    private let diversion: IngressDiversion
    private let traffic = Mutex(HeldTraffic())
    /// Whoever locks both locks this one first.
    private let strays = Mutex(StrayPackets())
    private let settings: CaptureGateSettings

    /// Throws where the process may not see packets.
    package init(_ settings: CaptureGateSettings) throws(StackError) {
        self.settings = settings
        device = try TunnelDevice(name: Self.interface)
        guarded = try TunnelDevice(name: Self.guardedInterface)
        sockets = try RawSockets()
        do throws(NetlinkError) {
            let all = try KernelInterfaces().interfaces()
            guard let inside = all.first(where: { $0.name == settings.insideInterface }),
                let own = all.first(where: { $0.name == Self.interface }),
                let guarded = all.first(where: { $0.name == Self.guardedInterface })
            else { throw .refused(ENODEV) }
            diversion = try IngressDiversion(from: inside.index, to: own.index)
            try IngressDiversion.mark(XfrmPolicy.guardedMark, allFrom: guarded.index)
        } catch { throw .system("interface \(settings.insideInterface): \(error)") }
    }

    /// The interface by which held packets go on.
    private static let interface = "ferry0"
    /// That by which those go on that must not leave unprotected.
    private static let guardedInterface = "ferry1"

    deinit {
        sockets.close()
        device.close()
        guarded.close()
    }

    package func close(_ ways: [PacketWay]) async throws(StackError) {
        let superseded = strays.withLock { strays in
            let superseded = traffic.withLock { traffic in
                defer { sockets.copy(strays.copies(beside: traffic.copies)) }
                return traffic.close(ways)
            }
            for way in ways where !way.isClear {
                for packet in strays.take(way.identifier) { carryOut { $0.arrived(packet.octets, at: packet.time) } }
            }
            return superseded
        }
        defer { release(superseded) }
        do throws(NetlinkError) {
            for way in ways where way.isClear {
                try diversion.divert(way.selectors.map(\.destination), for: way.identifier)
            }
        } catch {
            await drop(ways.map(\.identifier))
            throw .system("packets cannot be diverted: \(error)")
        }
    }

    package func cut(_ identifiers: [SAIdentifier], at time: KernelTime) async {
        traffic.withLock { $0.cut(identifiers, at: time) }
    }

    package func pass(_ identifiers: [SAIdentifier], to target: ForwardingTarget) async {
        carryOut { $0.pass(identifiers, to: target) }
    }

    package func open(_ identifiers: [SAIdentifier], at time: KernelTime) async {
        carryOut { $0.open(identifiers, at: time) }
        // What was diverted until now goes on as it is read.
        release(identifiers)
    }

    package func drop(_ identifiers: [SAIdentifier]) async {
        traffic.withLock { $0.drop(identifiers) }
        release(identifiers)
    }

    /// An SA that receives came to the kernel, by whom ever; it is given what came for it before.
    ///
    /// - Parameter isOwn: whether key management here made it.
    package func came(_ newcomer: KernelArrival.Newcomer, isOwn: Bool) {
        strays.withLock { strays in
            let wasIdle = strays.isIdle
            let packets = strays.came(newcomer.identifier, from: newcomer.source, at: .now, isOwn: isOwn)
            if wasIdle, !strays.isIdle { sockets.copy(strays.copies(beside: traffic.withLock(\.copies))) }
            guard newcomer.refusesCopies else { return strays.settle(newcomer.identifier) }
            for packet in packets { _ = sockets.send(packet.octets, to: newcomer.identifier.destination) }
        }
    }

    /// An SA went from the kernel.
    package func went(_ identifier: SAIdentifier) { strays.withLock { $0.went(identifier) } }

    /// The kernel has only these SAs.
    package func went(allBut present: Set<SAIdentifier>) { strays.withLock { $0.went(allBut: present) } }

    package func adopt(_ names: [SAIdentifier: SAIdentifier]) async { traffic.withLock { $0.adopt(names) } }

    package func retireOldNames(of identifiers: [SAIdentifier], at time: KernelTime) async {
        traffic.withLock { $0.retireOldNames(of: identifiers, at: time) }
    }

    /// Has IKE messages for addresses, which come by an interface, go on to another gateway.
    package func relayIKE(_ relay: IKERelay, by interface: String) throws(StackError) {
        traffic.withLock { $0.relayIKE(relay) }
        do throws(NetlinkError) {
            let all = try KernelInterfaces().interfaces()
            guard let outside = all.first(where: { $0.name == interface }),
                let own = all.first(where: { $0.name == Self.interface })
            else { throw .refused(ENODEV) }
            let diversion = try IngressDiversion(from: outside.index, to: own.index)
            for address in relay.addresses {
                for port in Self.ports { try diversion.divertIKE(port: port, of: address) }
            }
        } catch { throw .system("IKE messages cannot be relayed: \(error)") }
    }

    /// From now on IKE messages are this gateway's.
    package func endRelay() { traffic.withLock { $0.relayIKE(nil) } }

    /// An IKE daemon is here as well as where IKE messages go on to, or is not any more.
    package func shareRelay(_ isShared: Bool) { traffic.withLock { $0.shareRelay(isShared) } }

    /// Of IKE (RFC 7296 section 2).
    private static let ports: [UInt16] = [500, 4_500]

    /// A filter that cannot be taken away diverts packets that then go on as they are read.
    private func release(_ identifiers: [SAIdentifier]) {
        for identifier in identifiers { try? diversion.release(identifier) }
    }

    package var lost: UInt64 { traffic.withLock { $0.lost } }

    /// Reads packets until the task is cancelled, on a thread of its own.
    package func run() async { await OwnThread.run { [self] isOver in read(until: isOver) } }

    /// How long it waits for a packet before it looks whether it is over, in milliseconds.
    private static let patience: Int32 = 100

    private func read(until isOver: () -> Bool) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        let descriptors = sockets.copies + sockets.tunnels + [device.descriptor]
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        // When it was last looked which copies are needed.
        var looked = KernelTime(nanoseconds: 0)
        while !isOver() {
            // What came before is there to be read.
            let time = KernelTime.now
            poll(&polled, nfds_t(polled.count), Self.patience)
            let ready = Set(polled.filter { $0.revents != 0 }.map(\.fd))
            for descriptor in sockets.copies where ready.contains(descriptor) {
                while let arrival = RawSockets.receive(descriptor, into: buffer) {
                    guard arrival.isForUs, arrival.interface != sockets.loopback else { continue }
                    take(arrival)
                }
            }
            while ready.contains(device.descriptor), let packet = device.receive(into: buffer) {
                carryOut { $0.arrived(diverted: packet, at: .now) }
            }
            for descriptor in sockets.tunnels where ready.contains(descriptor) {
                while let arrival = RawSockets.receive(descriptor, into: buffer) {
                    guard let outer = try? IPPacket(arrival.packet), settings.isPeer(outer.source),
                        let inner = try? outer.detunnelled()
                    else { continue }
                    carryOut { $0.arrived(passedOn: inner.octets, at: arrival.time) }
                }
            }
            let looks = looked <= time.earlier(milliseconds: UInt64(Self.patience))
            if looks { looked = time }
            traffic.withLock { $0.isCaught(up: time) }
            if looks { strays.withLock { sockets.copy($0.copies(beside: traffic.withLock(\.copies))) } }
        }
    }

    private func take(_ arrival: RawSockets.Arrival) {
        strays.withLock { strays in
            carryOut { $0.arrived(arrival.packet, at: arrival.time) }
            guard !strays.isIdle, let packet = try? IPPacket(arrival.packet),
                let identifier = packet.associationIdentifier, !traffic.withLock({ $0.looksAfter(identifier) })
            else { return }
            let stray = StrayPackets.Packet(octets: arrival.packet, time: arrival.time)
            if strays.arrived(stray, for: identifier, from: packet.source) {
                _ = sockets.send(arrival.packet, to: packet.destination)
            }
        }
    }

    /// Changes what is held, and carries out what comes of it under the lock, so that packets keep their order.
    private func carryOut(_ change: (inout HeldTraffic) -> [HeldTraffic.Output]) {
        traffic.withLock { traffic in
            for output in change(&traffic) {
                switch output {
                case .inject(let packet, let intake):
                    guard let destination = try? IPPacket(packet).destination else { continue }
                    let isTaken =
                        switch intake {
                        case .receive: sockets.send(packet, to: destination)
                        case .protect: guarded.send(packet)
                        case .route: device.send(packet)
                        }
                    if !isTaken { traffic.isLost() }
                case .pass(let packet, let target, let isClear):
                    guard let way = settings.way(to: target.address, isClear: isClear),
                        let inner = try? IPPacket(packet),
                        let outer = try? IPPacket.tunnelled(inner, from: way.from, to: way.to)
                    else {
                        traffic.isLost()
                        continue
                    }
                    _ = sockets.send(outer, to: way.to)
                }
            }
        }
    }
}
