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

let package = Package(
    name: "ferry",
    products: [
        .executable(name: "ferry", targets: ["ferry"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
    ],
    targets: [
        .target(name: "IPsec", dependencies: [crypto], swiftSettings: pure),
        .target(name: "ForwardingPath", dependencies: ["IPsec"], swiftSettings: pure),
        .target(
            name: "ContextTransfer", dependencies: ["ForwardingPath", "IPsec"], swiftSettings: pure),
        .target(name: "UserspaceIPsec", dependencies: ["IPsec", crypto, cryptoExtras], swiftSettings: quick),
        .target(
            name: "Gateway", dependencies: ["ContextTransfer", "ForwardingPath", "IPsec"], exclude: ["Peers"],
            swiftSettings: house),
        .target(name: "ConfigurationFiles", dependencies: ["ForwardingPath", "IPsec", yams], swiftSettings: house),
        .target(name: "Credentials", dependencies: ["ForwardingPath", asn1, crypto, x509], swiftSettings: house),
        .target(name: "Terminal", swiftSettings: pure),
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CursesScreen", dependencies: ["CNcurses", "Terminal"], swiftSettings: house),
        .executableTarget(
            name: "ferry", dependencies: ["ConfigurationFiles", "Credentials", "ForwardingPath", arguments],
            swiftSettings: house),

        .testTarget(name: "IPsecTests", dependencies: ["IPsec"], swiftSettings: house),
        .testTarget(name: "ForwardingPathTests", dependencies: ["ForwardingPath", "IPsec"], swiftSettings: house),
        .testTarget(
            name: "ContextTransferTests", dependencies: ["ContextTransfer", "ForwardingPath", "IPsec"],
            swiftSettings: pure),
        .testTarget(
            name: "UserspaceIPsecTests", dependencies: ["IPsec", "UserspaceIPsec", crypto],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "GatewayTests",
            dependencies: ["ContextTransfer", "ForwardingPath", "Gateway", "IPsec", "UserspaceIPsec"],
            exclude: ["Peers"], swiftSettings: house),
        .testTarget(
            name: "ConfigurationFilesTests", dependencies: ["ConfigurationFiles", "ForwardingPath", "IPsec"],
            resources: [.copy("Fixtures")], swiftSettings: house),
        .testTarget(
            name: "CredentialsTests", dependencies: ["Credentials", "ForwardingPath", "IPsec", asn1, crypto, x509],
            swiftSettings: house),
        .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: house),
        .testTarget(name: "CursesScreenTests", dependencies: ["CursesScreen", "Terminal"], swiftSettings: house),
    ]
)
