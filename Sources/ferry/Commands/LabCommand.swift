import ArgumentParser
import ConfigurationFiles
import Credentials
import Foundation

/// `ferry lab`: the kernel lab, shown in the console.
struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Open the console on two gateways of this machine's own making: real kernel SAs, real strongSwan.",
        discussion: """
            For root. Network namespaces are a mobile node, two gateways and a server; strongSwan negotiates the SAs, and \
            traffic goes through them. Where this kernel has no ESP a user-mode kernel is booted. Nothing of it is left \
            when the console is closed. It needs ferryd beside ferry, iproute2, strongswan-swanctl and charon-systemd.
            """)

    mutating func run() async throws {
        try await end {
            guard geteuid() == 0 else {
                throw CommandFailure(.usage, "ferry lab makes network namespaces, and has to be run by root")
            }
            let stage = try LabStage()
            throw stage.open()
        }
    }
}

/// The folder that the lab runs from.
private struct LabStage {
    private let folder: String

    private static let files: [(name: String, content: [UInt8])] = [
        ("machine.sh", PackageResources.machine_sh), ("stage.sh", PackageResources.stage_sh),
        ("watch.sh", PackageResources.watch_sh), ("network.yaml", PackageResources.network_yaml),
        ("PR.yaml", PackageResources.PR_yaml), ("NR.yaml", PackageResources.NR_yaml),
        ("MN.swanctl.conf", PackageResources.MN_swanctl_conf), ("PR.swanctl.conf", PackageResources.PR_swanctl_conf),
        ("strongswan.conf", PackageResources.strongswan_conf),
    ]

    /// Writes it, for its owner alone.
    init() throws {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/ferry-lab.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(.usage, "there is no place for temporary files: \(String(cString: strerror(errno)))")
        }
        folder = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for file in Self.files { try Data(file.content).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
        let network = try NetworkFile.load("\(folder)/network.yaml")
        _ = try Pki.write(for: network.network, named: network.name, to: "\(folder)/pki")
        let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        guard FileManager.default.isExecutableFile(atPath: "\(programs.path)/ferryd") else {
            throw CommandFailure(.usage, "there is no ferryd in \(programs.path): the lab needs it beside ferry")
        }
        var size = winsize()
        _ = ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &size)
        let rows = size.ws_row > 0 ? "\(size.ws_row) \(size.ws_col)" : ""
        let environment = "export LAB='\(folder)' BIN='\(programs.path)' SIZE='\(rows)'\n"
        try Data(environment.utf8).write(to: URL(fileURLWithPath: "\(folder)/environment"))
    }

    /// Becomes the lab, whose folder goes with it. Gives why it could not.
    func open() -> CommandFailure {
        // Where the terminal is closed the lab ends, whatever it is about.
        let script = """
            trap 'pkill -KILL -f "init=$0/init"; rm -rf "$0"' EXIT
            trap : HUP
            { trap '' HUP; while sleep 1; do : 2>/dev/null >/dev/tty || break; done
                pkill -KILL -f "init=$0/init"; pkill -TERM -P $$; } &
            watcher=$!
            bash "$0/machine.sh" "$0" watch.sh 0
            kill $watcher
            """
        let words = ["/bin/bash", "-c", script, folder]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        execv(words[0], &arguments)
        return CommandFailure(.usage, "\(words[0]): \(String(cString: strerror(errno)))")
    }
}
