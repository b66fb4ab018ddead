-- A dissector for Wireshark: the Context Transfer Protocol (RFC 4067) with Ferry's experimental extensions, which
-- Sources/ContextTransfer/ContextTransfer.docc/Wire.md describes. For TCP port 5091, plain or in TLS.
-- Keys are never shown: of a key, only its length is a field's value.
--
-- The script is cxtp-fields.lua with cxtp-messages.lua after it: `ferry dissector` prints both.

local cxtp = Proto("cxtp", "Context Transfer Protocol")
local PORT = 5091

-- Fields ------------------------------------------------------------------------------------------------------------

local fields = {}

local function define(kind, name, label, ...) fields[name] = ProtoField[kind]("cxtp." .. name, label, ...) end

local function define_addresses(name, label)
    define("ipv4", name .. ".ipv4", label)
    define("ipv6", name .. ".ipv6", label)
end

local types = {
    [1] = "CTAR, activate request", [2] = "CTAA, activate acknowledge", [3] = "CTD, transfer data",
    [4] = "PCTD, predictive transfer data", [5] = "CTDR, transfer data reply", [6] = "CTC, transfer cancel",
    [7] = "CT-Req, transfer request", [8] = "key share", [9] = "key agreement", [10] = "key use", [11] = "renewal",
    [12] = "update", [13] = "updated", [14] = "survey", [15] = "surveyed", [16] = "query", [17] = "answer",
    [18] = "approved", [19] = "prepared",
    [20] = "settled", [21] = "redirected", [22] = "cancel", [23] = "inquire", [24] = "destroy", [25] = "destroyed",
    [26] = "release", [27] = "released", [28] = "quiesce", [29] = "closed", [30] = "refused", [31] = "path",
}
local features = {
    [0xff00] = "identity", [0xff01] = "static context", [0xff02] = "dynamic context", [0xff03] = "policy",
    [0xff04] = "user profile", [0xff05] = "query", [0xff06] = "offer", [0xff07] = "verdict",
    [0xff08] = "identifier", [0xff09] = "reason", [0xff0a] = "settlement", [0xff0b] = "holder end",
    [0xff0c] = "approver", [0xff20] = "exchange", [0xff21] = "key share", [0xff22] = "suites",
    [0xff23] = "confirmation", [0xff24] = "renewal", [0xff25] = "abilities", [0xff26] = "renewal task",
    [0xff27] = "template", [0xff28] = "child", [0xff30] = "update", [0xff31] = "authorization", [0xff32] = "subject", [0xff40] = "origin",
    [0xff41] = "path", [0xff42] = "place", [0xff60] = "terms",
}
local roles = { "holder", "previous router", "new router", "taker", "mobile node" }
local protocols = { [50] = "ESP", [51] = "AH" }
local modes = { [1] = "transport", [2] = "tunnel", [255] = "other" }
local directions = { "inbound", "outbound" }
local encryptions = { [0] = "none", [11] = "NULL", [12] = "AES-CBC", [20] = "AES-GCM-16", [28] = "ChaCha20-Poly1305" }
local integrities = {
    [0] = "none", [2] = "HMAC-SHA-1-96", [12] = "HMAC-SHA-256-128", [13] = "HMAC-SHA-384-192",
    [14] = "HMAC-SHA-512-256",
}
local integrity_key_octets = { [2] = 20, [12] = 32, [13] = 48, [14] = 64 }
local reasons = {
    "SPI in use", "unsupported", "no capacity", "no such SA", "SA changed", "expired", "not approved", "aborted",
    "timeout", "restarted", "unknown move", "busy", "failure", [19] = "outdated", [20] = "not authorized",
    [24] = "group failed", [25] = "policy in use",
}
local reasons_with_text = { [2] = true, [7] = true, [8] = true, [13] = true, [25] = true }
local reasons_with_role = { [9] = true, [10] = true }

define("uint8", "version", "Version", base.DEC, nil, 0xe0)
define("uint8", "type", "Type", base.DEC, types, 0x1f)
define("bool", "ipv4", "V: addresses are IPv4", 8, nil, 0x80)
define("bool", "acknowledge", "A: acknowledgement or reply wanted", 8, nil, 0x40)
define("bool", "success", "S: all contexts received", 8, nil, 0x40)
define("bool", "reserved_flag", "Reserved", 8, nil, 0x40)
define("uint8", "reserved", "Reserved", base.HEX, nil, 0x3f)
define("uint16", "length", "Length in octets", base.DEC)
define_addresses("previous_address", "Mobile node's previous address")
define_addresses("router_address", "Access router's address")
define("uint32", "sequence", "Sequence number", base.DEC)
define("uint32", "token", "Authorization token", base.HEX)
define("uint32", "elapsed", "Elapsed time in ms", base.DEC)
define("uint16", "algorithm", "Token algorithm", base.DEC, { [0] = "none", [1] = "HMAC_SHA1" })
define("uint16", "key_length", "Key length in octets", base.DEC)
define("string", "key", "Token key")
define("uint16", "status.feature", "Feature profile type", base.HEX, features)
define("uint8", "status.code", "Status code", base.DEC)
define("uint8", "status.reserved", "Reserved", base.HEX)

define("uint16", "block.type", "Feature profile type", base.HEX, features)
define("uint8", "block.words", "Length in words of 8 octets", base.DEC)
define("bool", "block.has_presence", "P: has a presence vector", 8, nil, 0x80)
define("uint8", "block.reserved", "Reserved", base.HEX, nil, 0x7f)
define("uint32", "block.presence", "Presence vector", base.HEX)
define("string", "block.data", "Data")
define("string", "block.padding", "Padding")
define("uint16", "index", "SA index", base.DEC)

define("string", "move", "Move")
define("uint8", "sender", "Sender", base.DEC, roles)
define("uint8", "receiver", "Receiver", base.DEC, roles)
for _, role in ipairs({ "holder", "source", "target", "taker", "mobile" }) do
    define("string", "route." .. role, "Node of the role " .. role)
end
define("string", "realm", "Realm")
define("uint8", "purpose", "Purpose", base.DEC, {
    [0] = "prepare", "collected", "prepare, redirect when asked", "prepare, direct",
    "prepare, direct, redirect when asked",
})
define("uint16", "part.number", "Part", base.DEC)
define("uint8", "part.last", "Last part", base.DEC)

define("uint32", "sa.spi", "SPI", base.HEX)
define("uint8", "sa.protocol", "Protocol", base.DEC, protocols)
define("uint8", "sa.mode", "Mode", base.DEC, modes)
define("uint8", "sa.direction", "Direction", base.DEC, directions)
define_addresses("sa.source", "Source")
define_addresses("sa.destination", "Destination")
define("string", "sa.realm", "Realm")
define("string", "sa.name", "Name")
define("string", "sa.user", "User")
define("uint16", "sa.encryption", "Encryption", base.DEC, encryptions)
define("uint8", "sa.encryption.octets", "Encryption key in octets, without salt", base.DEC)
define("uint16", "sa.integrity", "Integrity", base.DEC, integrities)
define("uint8", "sa.block_octets", "Block in octets", base.DEC)
define("uint8", "sa.iv_mode", "IV mode", base.DEC, { [0] = "none", "random", "sequence number" })
define("uint8", "sa.flags.reserved", "Reserved", base.HEX, nil, 0xe0)
define("uint8", "sa.flags.dont_fragment", "Don't fragment", base.DEC, { [0] = "copy", "set", "clear" }, 0x18)
define("bool", "sa.flags.keeps_dscp", "C: does not copy DSCP", 8, nil, 0x04)
define("bool", "sa.flags.overflow", "O: goes on after overflow", 8, nil, 0x02)
define("bool", "sa.flags.esn", "E: extended sequence numbers", 8, nil, 0x01)
define("uint8", "sa.esn", "Extended sequence numbers", base.DEC)
define("uint16", "sa.window", "Replay window in packets, 0 is off", base.DEC)
for _, limit in ipairs({ "soft", "hard" }) do
    for _, unit in ipairs({ "seconds", "bytes", "packets" }) do
        define("uint64", "sa." .. limit .. "." .. unit, "The " .. limit .. " lifetime in " .. unit, base.DEC)
    end
end
define("uint16", "sa.udp.source", "UDP source port", base.DEC)
define("uint16", "sa.udp.destination", "UDP destination port", base.DEC)
define("string", "sa.foreign_suite", "Algorithms that are not known")
define("string", "sa.key.encryption", "Encryption key, with its salt")
define("string", "sa.key.integrity", "Integrity key")

define("uint8", "count", "Count", base.DEC)
define("uint8", "selector.fields", "Optional fields", base.HEX)
for _, range in ipairs({ "source", "destination" }) do
    define_addresses("selector." .. range .. ".first", "First " .. range)
    define_addresses("selector." .. range .. ".last", "Last " .. range)
    define("uint16", "selector." .. range .. "_port.first", "First " .. range .. " port", base.DEC)
    define("uint16", "selector." .. range .. "_port.last", "Last " .. range .. " port", base.DEC)
end
define("uint8", "selector.protocol", "Next protocol", base.DEC)
define("string", "selector.name", "Name")
define("uint8", "selector.level", "Sensitivity level", base.DEC)
define("uint8", "selector.dscp", "DSCP", base.DEC)

define("uint64", "dynamic.last_sent", "Last sent number", base.DEC)
define("uint16", "dynamic.window", "Replay window in packets", base.DEC)
define("uint64", "dynamic.window.highest", "Highest received number", base.DEC)
define("uint32", "dynamic.window.word", "Bitmap of received numbers", base.HEX)
define("uint64", "dynamic.age", "Age in ms", base.DEC)
define("uint64", "dynamic.bytes", "Bytes", base.DEC)
define("uint64", "dynamic.packets", "Packets", base.DEC)
define("uint16", "dynamic.path_mtu", "Path MTU in octets", base.DEC)
define("uint64", "dynamic.path_mtu.age", "Age of the path MTU in ms", base.DEC)

define("uint32", "dynamic.renamings", "Renamings", base.DEC)
define("uint32", "dynamic.installs", "Times put in force", base.DEC)
define("uint32", "gateway.spi", "SPI at the gateway", base.HEX)
define_addresses("gateway.address", "Gateway's address")
define("bytes", "authorization.code", "Code of the request")
define("uint32", "update.order", "Order of the update", base.DEC)

define("string", "policy.name", "Policy")
define("uint8", "policy.direction", "Direction", base.DEC, directions)
define("uint8", "policy.action", "Action", base.DEC, { "protect", "bypass", "discard" })
define("uint32", "policy.priority", "Priority", base.DEC)
define("string", "policy.user", "User whose policy it is")
define("string", "profile.user", "User")
define("uint8", "profile.mode", "Mode", base.DEC, modes)
define("string", "query.user", "Who asked")
define("uint8", "query.approval_needed", "Approval needed", base.DEC)
define_addresses("query.subject", "Subject")
define("string", "query.subject.realm", "Subject's realm")
define("uint8", "query.lead.approval", "Approval", base.DEC,
    { [0] = "as configured", "automatic", "source", "target", "both" }, 0x7f)
define("bool", "query.lead.stepping", "Stepping", 8, nil, 0x80)
define("string", "query.group", "Group")
define("string", "query.drain", "Drain")
define("uint8", "origin.obstacle.renewable", "A renewal ends what keeps it", base.DEC)
define("string", "origin.obstacle", "What keeps it from moving")
define("uint16", "origin.path_mtu", "Path MTU in octets", base.DEC)
define("uint8", "path.plane", "Plane", base.DEC, { "data", "control", "management" })
define("string", "path.node", "Node")
define("uint8", "path.found", "New path, found", base.DEC)
define("string", "place.gateway", "Gateway")
define("string", "place.far", "Gateway at the other end")
define("uint8", "query.direct", "The far end knows the gateway by its own address", base.DEC)
define("uint8", "reason", "Reason", base.DEC, reasons)
define("string", "reason.text", "Words")
define("uint8", "reason.role", "Role", base.DEC, roles)
define("uint8", "settlement", "Settlement", base.DEC, { "installed", "cancelled", "lost" })
define("uint8", "end", "Holder's end", base.DEC, { "released", "kept", "ended" })
define("string", "approver", "Approver")
define("string", "exchange", "Negotiation")
define("string", "exchange.sender", "Sender")
define("string", "exchange.receiver", "Receiver")
define("uint8", "exchange.kind", "Kind", base.DEC, { [0] = "from the initiator", "from the responder", "refusal" })
define("uint8", "exchange.failure", "Failure", base.DEC, {
    "no answer", "no such SA", "no common suite", "not allowed", "busy", "not authentic", "stack", "unknown exchange",
    "abandoned",
})
define("bytes", "exchange.nonce", "Nonce")
define("bytes", "exchange.public_key", "X25519 public key")
define("bytes", "exchange.confirmation", "Confirmation")
define("string", "renewal.sender", "Sender")
define("string", "renewal.receiver", "Receiver")
define("uint8", "renewal.kind", "Kind", base.DEC, {
    "survey", "surveyed", "order", "ready", "forwarding", "renewed", "refused", "succession", "ended", "renew",
    "take over", "left", "done",
})
define("uint32", "origin.context_octets", "Size of its contexts in octets", base.DEC)
define("uint8", "terms.spi_conflict", "What to do where an SPI is in use", base.DEC, { "deny", "renegotiate", "reassign" })
define("uint8", "abilities.fixed_spis", "No other SPI can be given", base.DEC)
define("uint8", "abilities.spi_conflict", "SPI in use", base.DEC, { [0] = "deny", "renegotiate", "reassign" })
define("string", "renewal.peer", "Other end")
define("uint8", "renewal.only_upgrades", "Only upgrades", base.DEC)
define("string", "child.connection", "Connection")
define("string", "child.child", "Child")

cxtp.fields = fields

local cut = ProtoExpert.new("cxtp.cut", "Ends before its fields", expert.group.MALFORMED, expert.severity.ERROR)
local wrong = ProtoExpert.new("cxtp.wrong", "A value that cannot be", expert.group.MALFORMED, expert.severity.ERROR)
local more = ProtoExpert.new("cxtp.more", "Octets or presence bits after the last field", expert.group.MALFORMED,
    expert.severity.ERROR)
cxtp.experts = { cut, wrong, more }

-- Reading -----------------------------------------------------------------------------------------------------------

-- Text of a peer as UTF-8 that any output can hold: control characters as ^@ to ^_, what is no UTF-8 as U+FFFD.
local function clean(raw)
    local parts, at = {}, 1
    while at <= #raw do
        local first = raw:byte(at)
        local count = first < 0x80 and 1 or first >= 0xc2 and first < 0xe0 and 2 or first >= 0xe0 and first < 0xf0 and 3
            or first >= 0xf0 and first < 0xf5 and 4 or 0
        local second = raw:byte(at + 1) or 0
        local valid = count > 0 and raw:find("^[\128-\191]*", at + 1) and #raw:match("^[\128-\191]*", at + 1) >= count - 1
            and not (first == 0xe0 and second < 0xa0) and not (first == 0xed and second > 0x9f)
            and not (first == 0xf0 and second < 0x90) and not (first == 0xf4 and second > 0x8f)
        if not valid then
            parts[#parts + 1], at = "\239\191\189", at + 1
        elseif first < 0x20 or first == 0x7f then
            parts[#parts + 1], at = "^" .. string.char(first == 0x7f and 0x3f or first + 0x40), at + 1
        else
            parts[#parts + 1], at = raw:sub(at, at + count - 1), at + count
        end
    end
    return table.concat(parts)
end

-- Takes fields from the front of the octets from `at` to `stop`; what does not fit raises `cut` or `wrong`.
local Reader = {}
Reader.__index = Reader

local function reader(tvb, at, stop) return setmetatable({ tvb = tvb, at = at, stop = stop }, Reader) end

function Reader:take(count)
    if self.stop - self.at < count then error(cut, 0) end
    local range = self.tvb:range(self.at, count)
    self.at = self.at + count
    return range
end

-- An unsigned integer of 1, 2 or 4 octets.
function Reader:uint(tree, name, count)
    local range = self:take(count)
    tree:add(fields[name], range)
    return range:uint()
end

-- A count of octets, 0 to 8, and the number in them.
function Reader:number(tree, name)
    local count = self:take(1)
    if count:uint() > 8 then error(wrong, 0) end
    if count:uint() == 0 then return tree:add(fields[name], count, UInt64(0)) end
    local range = self:take(count:uint())
    tree:add(fields[name], range, range:uint64())
end

-- A 16-bit count of octets and the UTF-8 in them.
function Reader:text(tree, name)
    local count = self:take(2)
    if count:uint() == 0 then return tree:add(fields[name], count, "") and "" end
    local range = self:take(count:uint())
    local text = clean(range:raw())
    tree:add(fields[name], range, text)
    return text
end

-- An address of a family that is known.
function Reader:bare_address(tree, name, is_v4)
    tree:add(fields[name .. (is_v4 and ".ipv4" or ".ipv6")], self:take(is_v4 and 4 or 16))
end

-- 4 or 6: whether it is 4.
function Reader:family()
    local family = self:take(1):uint()
    if family ~= 4 and family ~= 6 then error(wrong, 0) end
    return family == 4
end

-- A key, of which nothing but the length is shown; its field has none of its octets.
function Reader:key(tree, name, count)
    if self.stop - self.at < count then error(cut, 0) end
    tree:add(fields[name], self.tvb:range(self.at, 0), ("<key, %d octets>"):format(count))
    self.at = self.at + count
end

-- What is left, of which nothing but the length is shown.
function Reader:rest(tree, name)
    local count = self.stop - self.at
    if count > 0 then tree:add(fields[name], self.tvb:range(self.at, 0), ("<%d octets>"):format(count)) end
    self.at = self.stop
end

-- Whether a number has the bit of a mask; without a library, since they differ between versions of Lua.
local function has(number, mask) return math.floor(number / mask) % 2 == 1 end
