import GRPCCore
import GatewayAPI
import Testing

@Suite("Refusals as gRPC's statuses")
struct StatusTests {
    @Test(
        "each refusal comes back as it went",
        arguments: [
            OperationRefusal.notFound("no SA of the name up"), .outOfDate, .notPossible("the move is over"),
            .notAllowed("viewer eve may look and not move"),
        ])
    func refusals(refusal: OperationRefusal) {
        #expect(OperationRefusal(RPCError(refusal)) == refusal)
    }

    @Test("other errors are no refusals", arguments: [RPCError.Code.unavailable, .internalError, .unimplemented])
    func others(code: RPCError.Code) {
        #expect(OperationRefusal(RPCError(code: code, message: "x")) == nil)
    }

    @Test("a request that cannot be read is an invalid argument, with the sentence")
    func requests() {
        let error = RPCError(MessageError.missing(field: "id"))
        #expect(error.code == .invalidArgument)
        #expect(error.message == "the field id is missing")
    }

    @Test("a sentence is cut to what fits in a header")
    func long() {
        let error = RPCError(OperationRefusal.notFound(String(repeating: "x", count: 100_000)))
        #expect(error.message.count == 1_000)
    }
}
