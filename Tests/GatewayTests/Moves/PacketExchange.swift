import IPsec
import Synchronization
import UserspaceIPsec

/// Packets that keep each other going: MN sends numbered ones, RN answers each, and each answer lets MN send the next.
/// A packet that is lost is missed at the end, and one that is accepted twice is seen.
final class PacketExchange: Sendable {
    private struct State {
        var mobile: UserspaceStack?
        var remote: UserspaceStack?
        var lastNumber: UInt32 = 0
        var goal: UInt32 = .max
        var atRemote: [UInt32: Int] = [:]
        var atMobile: [UInt32: Int] = [:]
    }

    private let state = Mutex(State())
    /// Finishes when every packet up to the goal was answered.
    let done: AsyncStream<Void>
    private let finishing: AsyncStream<Void>.Continuation

    init() { (done, finishing) = AsyncStream.makeStream() }

    func connect(mobile: UserspaceStack, remote: UserspaceStack) {
        state.withLock { ($0.mobile, $0.remote) = (mobile, remote) }
    }

    /// Sends the first packets: so many are under way at any time.
    func start(underWay: Int) {
        for _ in 0..<underWay { sendNext() }
    }

    /// Lets what is under way arrive, and no more be sent.
    func finish() {
        let isDone = state.withLock { state in
            state.goal = state.lastNumber
            return state.atMobile.count == Int(state.goal)
        }
        if isDone { finishing.finish() }
    }

    /// Waits until what was sent so far is answered: late packets of one move are not those of the next.
    func settle() async {
        let last = state.withLock { $0.lastNumber }
        while !state.withLock({ state in (1...max(1, last)).allSatisfy { state.atMobile[$0] != nil } }) {
            await Task.yield()
        }
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
                return state.atMobile.count == Int(state.goal)
            }
            isDone ? finishing.finish() : sendNext()
        }
    }

    private func sendNext() {
        let next = state.withLock { state -> (UserspaceStack?, UInt32)? in
            guard state.goal == .max else { return nil }
            state.lastNumber += 1
            return (state.mobile, state.lastNumber)
        }
        guard let (mobile, number) = next else { return }
        mobile?.send(Self.packet(number, from: LoopbackNetwork.mobileNode, to: LoopbackNetwork.remoteNode))
    }

    private static func packet(_ number: UInt32, from source: IPAddress, to destination: IPAddress) -> [UInt8] {
        let content = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> UInt32($0)) }
        let ports = UDPHeader(source: 7000, destination: 7000)
        return (try? IPPacket.udp(from: source, to: destination, ports: ports, content: content)) ?? []
    }
}
