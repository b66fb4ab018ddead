import ConfigurationFiles
import Console

/// What several gateways answered to one question, asked of all at once.
struct Survey<Answer: Sendable>: Sendable {
    /// One answer, and where it came from.
    struct Found: Sendable {
        /// Where the gateway is.
        let address: GatewayAddress
        /// What it answered.
        let answer: Answer
    }

    /// In the order of the addresses.
    let found: [Found]
    /// In the order of the addresses.
    let missed: [Missed]

    /// Asks; a gateway that fails stops none of the others.
    init(_ access: GatewayAccess, question: @escaping @Sendable (GatewayClient) async throws -> Answer) async {
        let results = await withTaskGroup(of: (Int, Result<Answer, RequestFailure>).self) { group in
            for (place, address) in access.addresses.enumerated() {
                group.addTask { (place, await Self.ask(address, access.tls, question)) }
            }
            var results: [Int: Result<Answer, RequestFailure>] = [:]
            for await (place, result) in group { results[place] = result }
            return results
        }
        var (found, missed): ([Found], [Missed]) = ([], [])
        for (place, address) in access.addresses.enumerated() {
            switch results[place] {
            case .success(let answer): found.append(Found(address: address, answer: answer))
            case .failure(let failure): missed.append(Missed(address: address, failure: failure))
            case nil: break
            }
        }
        (self.found, self.missed) = (found, missed)
    }

    /// How a command ends that needs nothing but this: `nil` when all answered.
    var status: CommandStatus? {
        guard !missed.isEmpty else { return nil }
        guard found.isEmpty else { return .partial }
        let statuses = Set(missed.map(\.failure.status))
        return [.usage, .refused].first(where: statuses.contains) ?? .unreachable
    }

    private static func ask(
        _ address: GatewayAddress, _ tls: GatewayTLS?, _ question: @Sendable (GatewayClient) async throws -> Answer
    ) async -> Result<Answer, RequestFailure> {
        do {
            return .success(try await GatewayClient.connected(to: address, tls: tls, body: question))
        } catch let failure as RequestFailure {
            return .failure(failure)
        } catch {
            return .failure(.unreachable("\(error)"))
        }
    }
}
