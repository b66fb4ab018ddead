import ArgumentParser
import ContextTransfer

/// `ferry dissector`: what Wireshark needs to read what routers say to each other.
struct DissectorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dissector",
        abstract: "Print a dissector for Wireshark that names every field of CXTP.",
        discussion: """
            ferry dissector >cxtp.lua, then wireshark -X lua_script:cxtp.lua; or put the file into Wireshark's folder \
            of personal Lua plugins. Of keys only the length is shown.
            """)

    mutating func run() async throws {
        try await end {
            try Output.standard.result(WiresharkDissector.script)
            return nil
        }
    }
}
