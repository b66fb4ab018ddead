/// A dissector for Wireshark, in Lua: it names every field of CXTP on TCP port 5091, plain or in TLS, and shows no key.
package enum WiresharkDissector {
    /// The script, whole: for `wireshark -X lua_script:FILE`.
    package static let script = String(
        decoding: PackageResources.cxtp_fields_lua + PackageResources.cxtp_messages_lua, as: UTF8.self)
}
