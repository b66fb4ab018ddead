import IPPackets
import IPsec
import Synchronization
import UserspaceIPsec

/// Packets that keep each other going: MN sends numbered ones, RN answers each, and answers let MN send the next.
///
/// As in any flow that a receiver controls, MN is never far ahead of the oldest packet without an answer: a thread that
/// gets no processor for some milliseconds would else let so many packets overtake those in its socket that the SA's
/// replay window, 64 packets here, refused them as too old. A packet that is lost stops the exchange and is missed at
/// the end, and one that is accepted twice is seen.
final class PacketExchange: Sendable {
    private struct State {
        var mobile: UserspaceStack?
        var remote: UserspaceStack?
        var lastNumber: UInt32 = 0
        /// The highest number up to which every packet was answered.
        var answered: UInt32 = 0
        var goal: UInt32 = .max
        var atRemote: [UInt32: Int] = [:]
        var atMobile: [UInt32: Int] = [:]

        var isDone: Bool { answered == goal }
    }

    private let state = Mutex(State())
    /// How many packets there are at most between the oldest without an answer and the newest.
    private let lead: UInt32
    /// Finishes when every packet up to the goal was answered.
    let done: AsyncStream<Void>
    private let finishing: AsyncStream<Void>.Continuation

    init(lead: UInt32 = 32) {
        self.lead = lead
        (done, finishing) = AsyncStream.makeStream()
    }

    func connect(mobile: UserspaceStack, remote: UserspaceStack) {
        state.withLock { ($0.mobile, $0.remote) = (mobile, remote) }
    }

    /// Sends the first packets.
    func start() { sendMore() }

    /// Lets what is under way arrive, and no more be sent, once there were so many packets.
    func finish(atLeast count: UInt32) {
        let isDone = state.withLock { state in
            state.goal = max(state.lastNumber, count)
            return state.isDone
        }
        if isDone { finishing.finish() }
    }

    /// How many packets were sent, and the numbers that did not arrive exactly once at each end.
    var account: (sent: Int, wrong: [UInt32]) {
        state.withLock { state in
            let numbers = state.lastNumber == 0 ? [] : Array(1...state.lastNumber)
            return (numbers.count, numbers.filter { state.atRemote[$0] != 1 || state.atMobile[$0] != 1 })
        }
    }

    func arrived(_ packet: [UInt8], at place: String) {
        guard let ip = try? IPPacket(packet), ip.payload.count >= 12 else { return }
        let number = ip.payload.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if place == "RN" {
            let remote = state.withLock { state in
                state.atRemote[number, default: 0] += 1
                return state.remote
            }
            remote?.send(Self.packet(number, from: LoopbackNetwork.remoteNode, to: LoopbackNetwork.mobileNode))
        } else {
            let isDone = state.withLock { state in
                state.atMobile[number, default: 0] += 1
                while state.atMobile[state.answered + 1] != nil { state.answered += 1 }
                return state.isDone
            }
            isDone ? finishing.finish() : sendMore()
        }
    }

    /// Sends as many packets as may be under way.
    private func sendMore() {
        while let (mobile, number) = next() {
            mobile.send(Self.packet(number, from: LoopbackNetwork.mobileNode, to: LoopbackNetwork.remoteNode))
        }
    }

    private func next() -> (UserspaceStack, UInt32)? {
        state.withLock { state in
            guard let mobile = state.mobile, state.lastNumber < min(state.goal, state.answered + lead) else {
                return nil
            }
            state.lastNumber += 1
            return (mobile, state.lastNumber)
        }
    }

    private static func packet(_ number: UInt32, from source: IPAddress, to destination: IPAddress) -> [UInt8] {
        let content = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        let ports = UDPHeader(source: 7000, destination: 7000)
        return (try? IPPacket.udp(from: source, to: destination, ports: ports, content: content)) ?? []
    }
}
