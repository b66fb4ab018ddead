import CursesScreen
import Terminal
import Testing

@Suite("KeyDecoder")
struct KeyDecoderTests {
    private func keys(_ codes: [Int32]) -> [Key] {
        var decoder = KeyDecoder()
        return codes.compactMap { decoder.decode($0) }
    }

    @Test(
        "bytes become keys, whole characters only",
        arguments: [
            ([0x61], [.character("a")]),
            ([0xC3, 0xA9], [.character("é")]),
            ([0xF0, 0x9F, 0x9A, 0xA2], [.character("🚢")]),
            ([0xC3], []),  // the second byte is missing
            ([0xC3, 0x61], [.character("a")]),  // and another key comes in its place
            ([0x80, 0x80, 0x62], [.character("b")]),  // no first byte
            ([0xFF, 0x80, 0x80, 0x80, 0x63], [.character("c")]),  // never valid in UTF-8
            ([0x1B, 0x0D, 0x00, 0x1F], [.escape, .enter, .control(" "), .control("_")]),
            ([0xC3, 0o403, 0xA9], [.up]),  // a key code ends an unfinished character
        ] as [([Int32], [Key])])
    func decoding(codes: [Int32], expected: [Key]) {
        #expect(keys(codes) == expected)
    }
}
