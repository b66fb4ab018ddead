/// A message of version 1 whose body is these octets.
func message(_ body: [UInt8]) -> [UInt8] {
    let length = UInt16(body.count + 4)
    return [0x20, 0x00, UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] + body
}

/// A message whose body is a number, in network order.
func message(numbered number: Int) -> [UInt8] {
    message([UInt8(number >> 24 & 0xff), UInt8(number >> 16 & 0xff), UInt8(number >> 8 & 0xff), UInt8(number & 0xff)])
}
