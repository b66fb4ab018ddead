import Testing

extension SystemTests {
    @Suite("What ferry is told wrongly")
    struct Arguments {
        @Test(
            "ends with 2, and says what to do",
            arguments: [
                ("frobnicate", "there is no command frobnicate: there are console, demo, get"),
                ("hitsory", "did you mean history?"), ("help frobnicate", "there are console"),
                ("demo figur-10 --headless", "did you mean figure-10?"),
                ("demo", "add --headless"), ("console --gateway /nowhere", "use ferry get"),
                ("demo --list --headless", "--list goes with --format alone, not with --headless"),
                ("demo figure-8 --list", "not with figure-8"), ("demo --format json", "needs --headless or --list"),
                ("demo ah --headless --algorithm aes-gcm-16-256", "has no SA of ESP: leave --algorithm out"),
                ("demo --headless --theme nosuch", "--theme is for the screen"),
                ("demo --headless --ascii --no-color", "--ascii, --no-color is for the screen"),
                ("plan network.yaml --upgrade", "--upgrade: a file's plan asks no gateway"),
                ("plan network.yaml --spi-conflict deny --ca x", "--spi-conflict, --ca"),
                ("drain SG1 --plan --no-wait", "--plan moves nothing"),
                ("drain SG1 --stop --no-wait", "--stop goes with"),
            ])
        func wrong(arguments: String, words: String) async throws {
            try await TemporaryFolder.with { folder in
                _ = try folder.write(Networks.figure10, to: "network.yaml")
                let words = words
                let run = try await Run(
                    try BuiltProgram.ferry.path,
                    arguments.split(separator: " ").map {
                        $0 == "network.yaml" ? folder.path("network.yaml") : String($0)
                    },
                    in: folder)
                #expect(run.status == 2 && run.output.isEmpty, "\(run.output)")
                #expect(run.errors.contains(words), "\(run.errors)")
            }
        }

        @Test("the scenarios are listed for people and for programs")
        func list() async throws {
            try await TemporaryFolder.with { folder in
                let ferry = try BuiltProgram.ferry.path
                let table = try await Run(ferry, ["demo", "--list"], in: folder)
                #expect(table.status == 0 && table.output.hasPrefix("SCENARIO"))
                let report = try JSONReport(
                    try await Run(ferry, ["demo", "--list", "--format", "json"], in: folder).output)
                #expect(report["scenarios.name"] != nil && report["scenarios.description"] != nil)
            }
        }
    }
}
