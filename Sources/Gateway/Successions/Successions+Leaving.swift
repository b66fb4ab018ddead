import ContextTransfer
import ForwardingPath
import GatewayAPI
import IPsec

/// A gateway whose SAs have all gone may end; then its IKE daemon, which still has the users' IKE SAs, has to be able to end
/// too.
extension Successions {
    /// How long another gateway's IKE daemon has for the children of a user.
    private static let takingLimit = Duration.seconds(60)

    /// Has the IKE daemons of the gateways that took SAs from here negotiate with the users by themselves, and ends what the
    /// IKE daemon here has with each as soon as that is done. Who has SAs here yet, or at several gateways, stays.
    func leave() async {
        guard let ike = environment.ike else { return }
        let users: [IKEUser]
        do { users = try await ike.users() } catch {
            return report(
                .alarm, "leave", [], "the IKE daemon at \(node) cannot be asked for its users: \(error.sentence)")
        }
        var someStay = false
        var takers: Set<NodeName> = []
        for user in users {
            let places = Set(user.associations.map { whereabouts.left[$0]?.route.taker })
            guard places.count == 1, case .some(.some(let taker)) = places.first else {
                someStay = true
                continue
            }
            takers.insert(taker)
            if let problem = await hand(user, to: taker, from: ike) {
                someStay = true
                report(
                    .alarm, "leave", user.children.map(\.child),
                    "\(taker) does not take over the IKE SA of \(user.name): \(problem); it stays at \(node), whose IKE daemon has to go "
                        + "on")
            }
        }
        // Users that are left are reached through the takers: what they say goes to both IKE daemons.
        guard !someStay else { return }
        for taker in takers {
            guard case .done = await ask(taker, .left, for: Self.answerLimit) else { continue }
            report(
                .log, "leave", [],
                "\(taker) has negotiated with all users of \(node) by itself: the IKE daemon at \(node) may end")
        }
    }

    /// Why a user's SAs could not be negotiated anew at a gateway; `nil` when they were, and what was here has ended.
    private func hand(_ user: IKEUser, to taker: NodeName, from ike: IKEDaemon) async -> String? {
        switch await ask(taker, .takeOver(user.children), for: Self.takingLimit) {
        case .done: break
        case .refused(let reason): return reason.description
        default: return "it does not answer"
        }
        do { try await ike.end(user) } catch { return error.sentence }
        report(
            .renegotiation, "leave", user.children.map(\.child),
            "\(taker) has negotiated with \(user.name) by itself; what \(node) had with \(user.name) has ended")
        return nil
    }
}
