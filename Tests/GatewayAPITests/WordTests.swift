import GatewayAPI
import SwiftProtobuf
import Testing

@Suite struct WordTests {
    @Test(
        "each word of the model has its own number, never 0, and other numbers are refused",
        arguments: [
            APIDirection.self, APIProtocolMode.self, APISecurityProtocol.self, APIAssociationPhase.self,
            APIPolicyAction.self, APIPlane.self, APINodeRole.self, APIApprovalPolicy.self, APIPlannedAction.self,
            APIMoveRole.self, APIMovePhase.self, APICallerRole.self, APIEventKind.self, APISPIConflictPolicy.self,
        ] as [any WireWord.Type])
    func words(type: any WireWord.Type) throws {
        try check(type)
    }

    private func check<Word: WireWord>(_ type: Word.Type) throws {
        let words = Word.Model.allCases.map { Word($0) }
        #expect(Set(words).count == words.count)
        #expect(!words.contains { $0.rawValue == 0 })
        for word in words { #expect(Word(try word.model("word")) == word) }
        for number in [0, 999] {
            let stranger = try #require(Word(rawValue: number))
            #expect(throws: MessageError.unknownWord(field: "word", number: number)) { try stranger.model("word") }
        }
    }
}
