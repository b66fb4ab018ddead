import ConfigurationFiles
import Testing

@Suite("Files that are damaged")
struct FuzzTests {
    @Test("10,000 damaged files are read or refused with a file and a fix", arguments: 0..<4)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let originals = [try Fixture.text("figure-10.yaml"), try Fixture.text("everything.yaml")].map { Array($0.utf8) }
        var refused = 0
        for round in 0..<2_500 {
            let damaged = random.damaged(originals[round % 2])
            do throws(FileError) {
                let scenario = try ScenarioFile.read(String(decoding: damaged, as: UTF8.self), file: "fuzz.yaml")
                _ = PlanReport(scenario.network.plan).table()
            } catch {
                refused += 1
                #expect(error.file == "fuzz.yaml")
                #expect(!error.problem.isEmpty && error.fix.hasSuffix("."))
            }
        }
        #expect(refused > 1_000)
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// The text after one to four bytes or pieces were changed, dropped, doubled or moved.
    mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        let marks = Array("{}[]:,-?*&!|>'\"#%@`\t\n 0x".utf8)
        var text = original
        for _ in 0..<Int.random(in: 1...4, using: &self) where text.count > 40 {
            let place = Int.random(in: 0..<text.count - 20, using: &self)
            let length = Int.random(in: 1...20, using: &self)
            switch Int.random(in: 0..<6, using: &self) {
            case 0: text[place] = marks[Int.random(in: 0..<marks.count, using: &self)]
            case 1: text[place] = UInt8.random(in: 0...255, using: &self)
            case 2: text.removeSubrange(place..<place + length)
            case 3: text.insert(contentsOf: text[place..<place + length], at: place)
            case 4: text.insert(marks[Int.random(in: 0..<marks.count, using: &self)], at: place)
            default:
                let piece = text[place..<place + length]
                text.removeSubrange(place..<place + length)
                text.insert(contentsOf: piece, at: Int.random(in: 0...text.count, using: &self))
            }
        }
        return text
    }
}
