internal import Glibc
internal import IPsec

/// What the kernel counts of packets that no SA took.
enum KernelCounters {
    private static let path = "/proc/net/xfrm_stat"

    static func read() throws(StackError) -> StackCounters {
        guard let file = fopen(path, "r") else { throw .system("\(path): \(ErrorText.of(errno))") }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 256)
        var lines: [String] = []
        while fgets(&buffer, Int32(buffer.count), file) != nil {
            lines.append(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
        }
        return counters(lines)
    }

    /// A line is a name, white space and a number.
    static func counters(_ lines: [String]) -> StackCounters {
        var numbers: [Substring: UInt64] = [:]
        for line in lines {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, let number = UInt64(words[1]) else { continue }
            numbers[words[0]] = number
        }
        func sum(_ names: Substring...) -> UInt64 { names.reduce(0) { $0 + (numbers[$1] ?? 0) } }
        var counters = StackCounters()
        counters.unknownSPI = sum("XfrmInNoStates")
        counters.noPolicy = sum("XfrmInNoPols")
        counters.discarded = sum("XfrmInPolBlock", "XfrmOutPolBlock")
        counters.malformed = sum("XfrmInHdrError")
        counters.unprotected = sum("XfrmInTmplMismatch")
        counters.noAssociation = sum("XfrmOutNoStates", "XfrmAcquireError")
        return counters
    }
}
