/// The octets that hexadecimal digits stand for; spaces and line breaks do not count, anything else is a mistake of
/// the test.
func octets(_ hex: some StringProtocol) -> [UInt8] {
    let digits = hex.filter { !$0.isWhitespace }.map { digit -> UInt8 in
        guard let value = digit.hexDigitValue else { preconditionFailure("\(digit) is no hexadecimal digit.") }
        return UInt8(value)
    }
    precondition(digits.count.isMultiple(of: 2), "Octets have two digits each.")
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

/// Two digits for each octet.
func hex(_ octets: some Sequence<UInt8>) -> String {
    octets.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
