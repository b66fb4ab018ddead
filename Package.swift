// swift-tools-version: 6.2
import PackageDescription

/// What every target of the house is compiled with.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Targets of values only: no unsafe code, and optimised also in debug builds, so that the simulator is quick.
let pure: [SwiftSetting] =
    house + [.strictMemorySafety(), .unsafeFlags(["-O"], .when(configuration: .debug))]

/// The data plane: optimised also in debug builds, because the demo runs it at thousands of packets a second.
let quick: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEvents: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let grpc: Target.Dependency = .product(name: "GRPCCore", package: "grpc-swift-2")
let grpcTransport: Target.Dependency = .product(
    name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
let grpcProtobuf: Target.Dependency = .product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let heaps: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "ferry",
    products: [
        .executable(name: "ferry", targets: ["ferry"]),
        .executable(name: "ferryd", targets: ["ferryd"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf.git", exact: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/grpc/grpc-swift-2.git", from: "2.4.3"),
        .package(url: "https://github.com/grpc/grpc-swift-nio-transport.git", from: "2.9.2"),
        .package(url: "https://github.com/grpc/grpc-swift-protobuf.git", exact: "2.4.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        .target(name: "IPsec", dependencies: [crypto], swiftSettings: pure),
        .target(name: "ForwardingPath", dependencies: ["IPsec"], swiftSettings: pure),
        .target(
            name: "ContextTransfer", dependencies: ["ForwardingPath", "IPsec"],
            resources: [.embedInCode("Resources")], swiftSettings: pure),
        .target(name: "IPPackets", dependencies: ["IPsec"], swiftSettings: quick),
        .target(
            name: "UserspaceIPsec", dependencies: ["IPPackets", "IPsec", crypto, cryptoExtras], swiftSettings: quick),
        .target(name: "CLinuxXfrm"),
        .target(name: "LinuxIPsec", dependencies: ["CLinuxXfrm", "IPPackets", "IPsec"], swiftSettings: quick),
        .target(name: "StrongSwan", dependencies: ["IPsec", nio, nioPosix], swiftSettings: house),
        .target(
            name: "GatewayAPI",
            dependencies: ["ContextTransfer", "ForwardingPath", "IPsec", grpc, grpcProtobuf, protobuf],
            exclude: ["gateway.proto", "generate"], swiftSettings: house),
        .target(name: "CProcess"),
        .target(
            name: "Gateway",
            dependencies: [
                "CProcess", "ContextTransfer", "Credentials", "ForwardingPath", "GatewayAPI", "IPsec", crypto, grpc,
                grpcTransport, heaps, logging, nio, nioEvents, nioPosix, nioTLS, protobuf, sqlite,
            ],
            swiftSettings: house),
        .target(name: "ConfigurationFiles", dependencies: ["ForwardingPath", "IPsec", yams], swiftSettings: house),
        .target(name: "Credentials", dependencies: ["ForwardingPath", asn1, crypto, x509], swiftSettings: house),
        .target(
            name: "Demo",
            dependencies: [
                "ConfigurationFiles", "ContextTransfer", "Credentials", "ForwardingPath", "Gateway", "GatewayAPI",
                "IPPackets", "IPsec", "UserspaceIPsec", logging,
            ],
            resources: [.embedInCode("Scenarios")], swiftSettings: house),
        .target(name: "Terminal", swiftSettings: pure),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CursesScreen", dependencies: ["CNcurses", "Terminal"], swiftSettings: house),
        .target(
            name: "Console",
            dependencies: [
                "ConfigurationFiles", "ContextTransfer", "Credentials", "ForwardingPath", "GatewayAPI", "IPsec",
                "Terminal", grpc, grpcTransport, nio, nioEvents, nioPosix, nioTLS,
            ],
            resources: [.embedInCode("Resources/themes")], swiftSettings: house),
        .executableTarget(
            name: "ferryd",
            dependencies: [
                "ConfigurationFiles", "ContextTransfer", "Credentials", "ForwardingPath", "Gateway", "IPsec",
                "LinuxIPsec", "StrongSwan", "UserspaceIPsec", arguments, lifecycle, logging, unixSignals,
            ],
            resources: [.embedInCode("Resources")], swiftSettings: house),
        .executableTarget(
            name: "ferry",
            dependencies: [
                "ConfigurationFiles", "Console", "ContextTransfer", "Credentials", "CursesScreen", "Demo",
                "ForwardingPath", "GatewayAPI", "IPsec", "Terminal", arguments, logging, unixSignals,
            ],
            resources: [.embedInCode("Resources")], swiftSettings: house),

        .testTarget(name: "IPsecTests", dependencies: ["IPsec"], swiftSettings: house),
        .testTarget(name: "ForwardingPathTests", dependencies: ["ForwardingPath", "IPsec"], swiftSettings: house),
        .testTarget(
            name: "ContextTransferTests",
            dependencies: ["ContextTransfer", "ForwardingPath", "IPsec", "UserspaceIPsec"],
            swiftSettings: pure),
        .testTarget(
            name: "UserspaceIPsecTests", dependencies: ["IPPackets", "IPsec", "UserspaceIPsec", crypto],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "LinuxIPsecTests", dependencies: ["CLinuxXfrm", "IPPackets", "IPsec", "LinuxIPsec"],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "StrongSwanTests", dependencies: ["IPsec", "StrongSwan", nio, nioPosix],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "CProcess", "ContextTransfer", "Credentials", "FakeGateways", "ForwardingPath", "Gateway", "GatewayAPI",
                "IPPackets", "IPsec", "UserspaceIPsec", logging, nio, nioPosix, nioTLS, sqlite,
            ],
            swiftSettings: house),
        .testTarget(
            name: "GatewayAPITests",
            dependencies: ["ContextTransfer", "ForwardingPath", "GatewayAPI", "IPsec", grpc, protobuf],
            swiftSettings: house),
        .testTarget(
            name: "ConfigurationFilesTests", dependencies: ["ConfigurationFiles", "ForwardingPath", "IPsec"],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "CredentialsTests", dependencies: ["Credentials", "ForwardingPath", "IPsec", asn1, crypto, x509],
            swiftSettings: house),
        .target(name: "FakeSupervisor", path: "Tests/FakeSupervisor", swiftSettings: house),
        .target(
            name: "FakeGateways",
            dependencies: [
                "ConfigurationFiles", "Console", "ContextTransfer", "Credentials", "ForwardingPath", "Gateway",
                "GatewayAPI", "IPsec", logging,
            ],
            path: "Tests/FakeGateways", swiftSettings: house),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "ConfigurationFiles", "Console", "ContextTransfer", "Credentials", "FakeGateways", "ForwardingPath",
                "Gateway", "GatewayAPI", "IPsec", "Terminal", logging,
            ],
            exclude: ["Screens"], swiftSettings: house),
        .testTarget(
            name: "ferryTests",
            dependencies: [
                "ConfigurationFiles", "Console", "ContextTransfer", "Credentials", "FakeGateways", "ForwardingPath",
                "GatewayAPI", "IPsec", "ferry", arguments,
            ],
            swiftSettings: house),
        .testTarget(name: "ferrydTests", dependencies: ["FakeSupervisor", "ferryd"], swiftSettings: house),
        .testTarget(
            name: "DemoTests",
            dependencies: [
                "ConfigurationFiles", "ContextTransfer", "Demo", "ForwardingPath", "Gateway", "GatewayAPI", "IPsec",
                "Terminal", logging,
            ],
            swiftSettings: house),
        .testTarget(
            name: "SystemTests", dependencies: ["Credentials", "FakeSupervisor", "ForwardingPath", "ferry", "ferryd"],
            swiftSettings: house),
        .executableTarget(
            name: "kernel-lab",
            dependencies: [
                "CLinuxXfrm", "ConfigurationFiles", "Console", "GatewayAPI", "IPPackets", "IPsec", "LinuxIPsec",
                "StrongSwan",
            ],
            path: "Tests/KernelLab/Lab", swiftSettings: house),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: house),
        .testTarget(name: "CursesScreenTests", dependencies: ["CursesScreen", "Terminal"], swiftSettings: house),
    ]
)
