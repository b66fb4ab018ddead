import IPsec
import Testing

@Suite struct ReplayWindowTests {
    @Test("a window accepts each number once, in any order within its size", arguments: [32, 64, 128, 1000, 4096])
    func once(size: Int) throws {
        var window = try #require(ReplayWindow(size: size))
        var model = Set<UInt64>()
        var highest: UInt64 = 0
        var generator = SplitMix(seed: UInt64(size))
        for _ in 0..<20_000 {
            let jump = UInt64.random(in: 0..<UInt64(size * 2), using: &generator)
            let number = max(1, highest + UInt64(size / 8) &- jump.clamped(to: highest + UInt64(size / 8) - 1))
            let fresh = number > highest || (highest - number < UInt64(size) && !model.contains(number))
            #expect((window.verdict(on: SequenceNumber(number)) == .fresh) == fresh)
            if fresh {
                window.record(SequenceNumber(number))
                model.insert(number)
                highest = max(highest, number)
            }
        }
        #expect(window.highest.value == highest)
    }

    @Test(
        "verdicts follow RFC 6479's reading of the window",
        arguments: [
            (UInt64(0), ReplayVerdict.invalid), (1, .tooOld), (36, .tooOld), (37, .fresh), (99, .fresh),
            (100, .replayed), (101, .fresh), (1 << 40, .fresh),
        ])
    func verdicts(number: UInt64, expected: ReplayVerdict) throws {
        var window = try #require(ReplayWindow(size: 64))
        window.record(SequenceNumber(100))
        #expect(window.verdict(on: SequenceNumber(number)) == expected)
    }

    @Test("a moved window says the same of every number", arguments: [32, 64, 96, 128, 4096])
    func moves(size: Int) throws {
        var window = try #require(ReplayWindow(size: size))
        var generator = SplitMix(seed: 7)
        for number in 1...10_000 where Int.random(in: 0..<3, using: &generator) > 0 {
            window.record(SequenceNumber(UInt64(number)))
        }
        let moved = try #require(ReplayWindow(size: size, highest: window.highest, bitmap: window.bitmap))
        for number in 1...10_100 {
            #expect(
                moved.verdict(on: SequenceNumber(UInt64(number))) == window.verdict(on: SequenceNumber(UInt64(number))))
        }
        #expect(moved == window)
    }

    @Test("a bitmap that no window can have is refused")
    func badBitmaps() {
        #expect(ReplayWindow(size: 31) == nil)
        #expect(ReplayWindow(size: 4097) == nil)
        #expect(ReplayWindow(size: 64, highest: SequenceNumber(10), bitmap: [1]) == nil)
        #expect(ReplayWindow(size: 64, highest: SequenceNumber(10), bitmap: [0, 0]) == nil)
        #expect(ReplayWindow(size: 64, highest: SequenceNumber(10), bitmap: [1 | 1 << 10, 0]) == nil)
        #expect(ReplayWindow(size: 33, highest: SequenceNumber(100), bitmap: [1, 2]) == nil)
        #expect(ReplayWindow(size: 64, highest: SequenceNumber(0), bitmap: [1, 0]) == nil)
    }

    @Test(
        "the upper half is inferred as in RFC 4303 A2.2",
        arguments: [
            // highest, received low half, expected number
            (UInt64(0), UInt32(1), UInt64(1)),
            (0xffff_fff0, 0xffff_fff1, 0xffff_fff1),
            (0xffff_fff0, 0x0000_0005, 0x1_0000_0005),
            (0x1_0000_0005, 0xffff_fffe, 0xffff_fffe),
            (0x1_0000_0005, 0x0000_0006, 0x1_0000_0006),
            (0x1_0000_0100, 0x0000_0001, 0x2_0000_0001),
            (0x1_0000_0100, 0x0000_00c1, 0x1_0000_00c1),
            (0x1_0000_0100, 0xffff_ffff, 0x1_ffff_ffff),
        ])
    func inference(highest: UInt64, low: UInt32, expected: UInt64) throws {
        var window = try #require(ReplayWindow(size: 64))
        if highest > 0 { window.record(SequenceNumber(highest)) }
        #expect(window.inferred(from: low) == SequenceNumber(expected))
    }

    @Test("a number before the first packet is not inferred")
    func beforeTheFirst() throws {
        var window = try #require(ReplayWindow(size: 64))
        window.record(SequenceNumber(5))
        #expect(window.inferred(from: 0xffff_fff0) == nil)
    }
}

/// A small generator with a seed, so that a failing run can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

extension UInt64 {
    fileprivate func clamped(to limit: UInt64) -> UInt64 { Swift.min(self, limit) }
}
