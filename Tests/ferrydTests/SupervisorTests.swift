import FakeSupervisor
import Foundation
import Testing
import ferryd

@Suite("News for a supervisor")
struct SupervisorTests {
    @Test(
        "each is said in the words of sd_notify",
        arguments: [
            (.ready, "READY=1\n"), (.stopping, "STOPPING=1\n"), (.watchdog, "WATCHDOG=1\n"),
            (.reloading(microseconds: 42), "RELOADING=1\nMONOTONIC_USEC=42\n"),
        ] as [(SupervisorNews, String)])
    func words(news: SupervisorNews, text: String) { #expect(news.text == text) }

    @Test(
        "it listens at a path, or at an abstract name; nothing else is an address",
        arguments: [
            ("/run/s", [0x2f, 0x72, 0x75, 0x6e, 0x2f, 0x73, 0]), ("@ab", [0, 0x61, 0x62]),
            ("/" + String(repeating: "a", count: 106), [0x2f] + [UInt8](repeating: 0x61, count: 106) + [0]),
            ("@" + String(repeating: "a", count: 107), [0] + [UInt8](repeating: 0x61, count: 107)),
            ("/" + String(repeating: "a", count: 107), nil), ("@" + String(repeating: "a", count: 108), nil),
            ("", nil), ("/", nil), ("@", nil), ("run/s", nil), ("vsock:2:1", nil), ("/run/\0s", nil),
        ] as [(String, [UInt8]?)])
    func addresses(text: String, octets: [UInt8]?) { #expect(SupervisorAddress(text)?.octets == octets) }

    @Test("it hears what it is told, at a path and at an abstract name", arguments: ["/tmp/", "@"])
    func heard(prefix: String) throws {
        let ear = try NewsEar(at: "\(prefix)ferry-\(UInt64.random(in: 0 ... .max))")
        defer { ear.end() }
        let supervisor = try #require(try Supervisor(["NOTIFY_SOCKET": ear.name]))
        #expect(supervisor.tell(.reloading(microseconds: 7)) && supervisor.tell(.ready))
        #expect(ear.next == "RELOADING=1\nMONOTONIC_USEC=7\n")
        #expect(ear.next == "READY=1\n")
        #expect(ear.next == nil)
    }

    @Test("where it is gone that is told, and nothing breaks")
    func gone() throws {
        let supervisor = try #require(
            try Supervisor(["NOTIFY_SOCKET": "@ferry-nobody-\(UInt64.random(in: 0 ... .max))"]))
        #expect(!supervisor.tell(.ready))
    }

    @Test("without one nothing is told; an address that is none is an error")
    func none() throws {
        #expect(try Supervisor([:]) == nil)
        #expect(throws: Supervisor.Failure.address("x")) { try Supervisor(["NOTIFY_SOCKET": "x"]) }
    }

    @Test(
        "it wants to hear as often as it says, where it means this process",
        arguments: [
            (["WATCHDOG_USEC": "3000000"], .seconds(3)),
            (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "\(getpid())"], .seconds(3)),
            (["WATCHDOG_USEC": "3000000", "WATCHDOG_PID": "1"], nil), (["WATCHDOG_USEC": "0"], nil),
            (["WATCHDOG_USEC": "often"], nil), ([:], nil),
        ] as [([String: String], Duration?)])
    func watchdog(variables: [String: String], limit: Duration?) throws {
        let environment = variables.merging(["NOTIFY_SOCKET": "@x"]) { first, _ in first }
        #expect(try Supervisor(environment)?.watchdog == limit)
    }

    @Test("the unit runs the program that printed it, also where its path has a space or a percent sign")
    func unit() {
        #expect(ServiceUnit.text(program: "/usr/sbin/ferryd").contains("\nExecStart=/usr/sbin/ferryd --config "))
        #expect(ServiceUnit.text(program: "/a b/50%").contains("\nExecStart=\"/a b/50%%\" --config "))
        #expect(!ServiceUnit.text(program: "/x").contains("@FERRYD@"))
    }
}
