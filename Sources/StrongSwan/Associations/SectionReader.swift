import IPsec

/// Reads the values of one section, and names it where one is wrong.
struct SectionReader {
    let section: ViciMessage
    /// What the section describes.
    let place: String

    /// A text that has to be there.
    func text(_ name: String) throws(ReadingError) -> String {
        guard let text = section.text(name) else { throw .missing(name, in: place) }
        return text
    }

    /// What `parse` makes of a value; `nil` where there is none.
    func value<Value>(_ name: String, _ parse: (String) -> Value?) throws(ReadingError) -> Value? {
        guard let text = section.text(name) else { return nil }
        guard let value = parse(text) else { throw .badValue(name, in: place, text: text) }
        return value
    }

    /// The unique identifier that charon gave, in decimal digits; never 0.
    func identifier(_ name: String) throws(ReadingError) -> UInt32 {
        let text = try text(name)
        guard let number = UInt32(text), number > 0 else { throw .badValue(name, in: place, text: text) }
        return number
    }

    /// Seconds from now.
    func seconds(_ name: String) throws(ReadingError) -> Duration? {
        try value(name) { UInt32($0).map { .seconds(Int64($0)) } }
    }

    /// An address without its scope; `nil` also for `%any`, which stands for none.
    func address(_ name: String) throws(ReadingError) -> IPAddress? {
        guard let text = section.text(name), !text.hasPrefix("%any") else { return nil }
        guard let address = IPAddress(text.prefix { $0 != "%" }) else {
            throw .badValue(name, in: place, text: text)
        }
        return address
    }

    /// An SPI in hexadecimal digits; `nil` also for 0, which stands for one that is not known yet.
    func spi(_ name: String) throws(ReadingError) -> SPI? {
        guard let text = section.text(name), text.contains(where: { $0 != "0" }) else { return nil }
        guard let spi = UInt32(text, radix: 16).flatMap(SPI.init) else {
            throw .badValue(name, in: place, text: text)
        }
        return spi
    }

    /// A flag, which charon leaves out where it is not set.
    func flag(_ name: String) -> Bool { section.text(name).map { $0 == "yes" || $0 == "1" } ?? false }
}
