package import IPsec

/// A traffic selector as charon writes it, for example `10.1.9.0/24[tcp/ssh]`.
///
/// Charon writes ports by the names of its machine's services, so what is in brackets is for reading only: the kernel's
/// policies have the numbers.
package struct NegotiatedSelector: Hashable, Sendable, CustomStringConvertible {
    /// All of it, as charon wrote it.
    package let description: String
    /// The addresses; `nil` for `dynamic` and what else is no address.
    package let addresses: AddressRange?
    /// What is in brackets: protocol and ports.
    package let restriction: String?

    package init(_ text: String) {
        let parts = text.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
        let start = parts.first ?? ""
        let ends = start.split(separator: "..", omittingEmptySubsequences: false)
        description = text
        addresses = AddressRange(start) ?? (ends.count == 2 ? AddressRange("\(ends[0])-\(ends[1])") : nil)
        restriction = parts.count == 2 && parts[1].hasSuffix("]") ? String(parts[1].dropLast()) : nil
    }
}
