/// The first octet of each element of a VICI message.
///
/// ```
/// section start   1  name
/// section end     2
/// key value       3  name  value        name:   8-bit length, octets
/// list start      4  name               value: 16-bit length, octets
/// list item       5  value
/// list end        6
/// ```
package enum ViciElementType: UInt8, Hashable, Sendable, CaseIterable {
    case sectionStart = 1
    case sectionEnd = 2
    case keyValue = 3
    case listStart = 4
    case listItem = 5
    case listEnd = 6
}
