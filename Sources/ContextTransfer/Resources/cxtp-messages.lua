-- The second half of the script: cxtp-fields.lua goes before it.

-- Blocks ------------------------------------------------------------------------------------------------------------

-- A field of a block is a function of reader, tree and what the message said before it.

local function uint(name, count) return function(r, tree) r:uint(tree, name, count) end end
local function number(name) return function(r, tree) r:number(tree, name) end end
local function text(name) return function(r, tree) r:text(tree, name) end end
local function address(name) return function(r, tree) r:bare_address(tree, name, r:family()) end end
local function octets(name, count) return function(r, tree) tree:add(fields[name], r:take(count)) end end
local index = uint("index", 2)

local function suite(r, tree)
    r:uint(tree, "sa.encryption", 2)
    r:uint(tree, "sa.encryption.octets", 1)
    r:uint(tree, "sa.integrity", 2)
end

local function identifier(r, tree)
    r:uint(tree, "sa.spi", 4)
    r:uint(tree, "sa.protocol", 1)
    r:bare_address(tree, "sa.destination", r:family())
    r:text(tree, "sa.realm")
end

local function gateway_name(r, tree)
    r:uint(tree, "gateway.spi", 4)
    r:bare_address(tree, "gateway.address", r:family())
end

local function reason(r, tree)
    local code = r:uint(tree, "reason", 1)
    if reasons_with_text[code] then r:text(tree, "reason.text") end
    if reasons_with_role[code] then r:uint(tree, "reason.role", 1) end
end

local function selectors(r, tree)
    for number = 1, r:uint(tree, "count", 1) do
        local start = r.at
        local selector = tree:add(r.tvb:range(start, 0), "Selector " .. number)
        local present = r:uint(selector, "selector.fields", 1)
        for _, range in ipairs({ "selector.source", "selector.destination" }) do
            local is_v4 = r:family()
            r:bare_address(selector, range .. ".first", is_v4)
            r:bare_address(selector, range .. ".last", is_v4)
        end
        if has(present, 0x01) then r:uint(selector, "selector.protocol", 1) end
        for position, range in ipairs({ "selector.source_port", "selector.destination_port" }) do
            if has(present, 2 ^ position) then
                r:uint(selector, range .. ".first", 2)
                r:uint(selector, range .. ".last", 2)
            end
        end
        if has(present, 0x08) then r:text(selector, "selector.name") end
        if has(present, 0x10) then r:uint(selector, "selector.level", 1) end
        if has(present, 0x20) then r:uint(selector, "selector.dscp", 1) end
        selector:set_len(r.at - start)
    end
end

local function flags(r, tree)
    local octet = r:take(1)
    for _, name in ipairs({ "reserved", "dont_fragment", "keeps_dscp", "overflow", "esn" }) do
        tree:add(fields["sa.flags." .. name], octet)
    end
end

local function window(r, tree)
    r:uint(tree, "dynamic.window", 2)
    r:number(tree, "dynamic.window.highest")
    for _ = 1, r:uint(tree, "count", 1) do r:uint(tree, "dynamic.window.word", 4) end
end

-- The fields of each type in the order of their presence bits.
local blocks = {
    [0xff00] = {
        function(r, tree, said)
            local range = r:take(16)
            said.move = range:bytes():tohex(true)
            tree:add(fields["move"], range, said.move)
        end,
        function(r, tree, said) said.sender = r:uint(tree, "sender", 1) end,
        function(r, tree, said) said.receiver = r:uint(tree, "receiver", 1) end,
        text("route.holder"), text("route.source"), text("route.target"), text("route.taker"), text("realm"),
        uint("purpose", 1),
        function(r, tree)
            r:uint(tree, "part.number", 2)
            r:uint(tree, "part.last", 1)
        end,
        text("route.mobile"),
    },
    [0xff01] = {
        index, uint("sa.spi", 4), uint("sa.protocol", 1), uint("sa.mode", 1), uint("sa.direction", 1),
        address("sa.source"), address("sa.destination"), text("sa.realm"), text("sa.name"), text("sa.user"),
        function(r, tree, said)
            local transform = r:uint(tree, "sa.encryption", 2)
            local octets = r:uint(tree, "sa.encryption.octets", 1)
            -- The combined modes have 4 octets of salt.
            said.encryption_key = octets + ((transform == 20 or transform == 28) and 4 or 0)
        end,
        function(r, tree, said) said.integrity_key = integrity_key_octets[r:uint(tree, "sa.integrity", 2)] end,
        uint("sa.block_octets", 1), uint("sa.iv_mode", 1), flags, uint("sa.window", 2), number("sa.soft.seconds"),
        number("sa.soft.bytes"), number("sa.soft.packets"), number("sa.hard.seconds"), number("sa.hard.bytes"),
        number("sa.hard.packets"), selectors,
        function(r, tree)
            r:uint(tree, "sa.udp.source", 2)
            r:uint(tree, "sa.udp.destination", 2)
        end,
        function(r, tree, said) r:key(tree, "sa.key.encryption", said.encryption_key or error(wrong, 0)) end,
        function(r, tree, said) r:key(tree, "sa.key.integrity", said.integrity_key or error(wrong, 0)) end,
    },
    [0xff02] = {
        index, number("dynamic.last_sent"), window, number("dynamic.age"), number("dynamic.bytes"),
        number("dynamic.packets"),
        function(r, tree)
            r:uint(tree, "dynamic.path_mtu", 2)
            r:number(tree, "dynamic.path_mtu.age")
        end,
        uint("dynamic.renamings", 4), uint("dynamic.installs", 4),
    },
    [0xff03] = {
        index, text("policy.name"), uint("policy.direction", 1), selectors, uint("policy.action", 1),
        text("policy.user"), identifier, uint("policy.priority", 4),
    },
    [0xff04] = {
        text("profile.user"),
        function(r, tree) for _ = 1, r:uint(tree, "count", 1) do suite(r, tree) end end,
        function(r, tree) for _ = 1, r:uint(tree, "count", 1) do r:uint(tree, "profile.mode", 1) end end,
    },
    [0xff05] = {
        text("query.user"), uint("query.approval_needed", 1),
        function(r, tree)
            r:bare_address(tree, "query.subject", r:family())
            r:text(tree, "query.subject.realm")
        end,
        function(r, tree)
            local octet = r:take(1)
            tree:add(fields["query.lead.stepping"], octet)
            tree:add(fields["query.lead.approval"], octet)
        end,
        function(r, tree)
            local range = r:take(16)
            tree:add(fields["query.group"], range, range:bytes():tohex(true))
        end,
        uint("query.direct", 1),
        function(r, tree)
            local range = r:take(16)
            tree:add(fields["query.drain"], range, range:bytes():tohex(true))
        end,
    },
    [0xff06] = {
        index, identifier, suite, uint("sa.mode", 1), uint("sa.esn", 1), uint("sa.window", 2), text("sa.name"),
        text("sa.foreign_suite"),
    },
    [0xff07] = { index, reason, gateway_name },
    [0xff08] = { index, identifier },
    [0xff09] = { reason },
    [0xff0a] = { uint("settlement", 1), reason },
    [0xff0b] = { uint("end", 1) },
    [0xff0c] = { text("approver") },
    [0xff20] = {
        function(r, tree)
            local range = r:take(16)
            tree:add(fields["exchange"], range, range:bytes():tohex(true))
        end,
        text("exchange.sender"), text("exchange.receiver"), uint("exchange.kind", 1), uint("exchange.failure", 1),
    },
    [0xff21] = { octets("exchange.nonce", 32), octets("exchange.public_key", 32) },
    [0xff22] = {
        index,
        function(r, tree) for _ = 1, r:uint(tree, "count", 1) do suite(r, tree) end end,
        uint("sa.spi", 4),
    },
    [0xff23] = { octets("exchange.confirmation", 32) },
    [0xff24] = {
        function(r, tree)
            local range = r:take(16)
            tree:add(fields["move"], range, range:bytes():tohex(true))
        end,
        text("renewal.sender"), text("renewal.receiver"), uint("renewal.kind", 1),
    },
    [0xff25] = {
        function(r, tree) for _ = 1, r:uint(tree, "count", 1) do suite(r, tree) end end,
        uint("abilities.spi_conflict", 1), uint("abilities.fixed_spis", 1),
    },
    [0xff26] = { text("renewal.peer"), uint("renewal.only_upgrades", 1) },
    [0xff28] = { index, text("child.connection"), text("child.child") },
    [0xff27] = {
        index, identifier, address("sa.source"), uint("sa.direction", 1), suite, uint("sa.mode", 1), text("sa.name"),
        text("sa.user"), flags, uint("sa.window", 2), number("sa.soft.seconds"), number("sa.soft.bytes"),
        number("sa.soft.packets"), number("sa.hard.seconds"), number("sa.hard.bytes"), number("sa.hard.packets"),
        selectors,
        function(r, tree)
            r:uint(tree, "sa.udp.source", 2)
            r:uint(tree, "sa.udp.destination", 2)
        end,
    },
    [0xff40] = {
        index, address("sa.source"), uint("sa.direction", 1), text("sa.user"), uint("origin.path_mtu", 2),
        uint("origin.context_octets", 4), selectors,
        function(r, tree)
            r:uint(tree, "origin.obstacle.renewable", 1)
            r:text(tree, "origin.obstacle")
        end,
    },
    [0xff41] = {
        uint("path.plane", 1),
        function(r, tree) for _ = 1, r:uint(tree, "count", 1) do r:text(tree, "path.node") end end,
        uint("path.found", 1),
    },
    [0xff42] = { index, text("place.gateway"), text("place.far") },
    [0xff60] = { uint("terms.spi_conflict", 1) },
    [0xff31] = { octets("authorization.code", 32), text("sa.realm") },
    [0xff32] = { text("sa.realm") },
    [0xff30] = { index, identifier, gateway_name, uint("update.order", 4) },
}

-- Messages ----------------------------------------------------------------------------------------------------------

-- The fields of a block: one for each bit of the presence vector, the most significant first.
local function dissect_fields(r, tree, layout, presence, said)
    for position, field in ipairs(layout) do
        if has(presence, 2 ^ (32 - position)) then field(r, tree, said) end
    end
    if presence % 2 ^ (32 - #layout) ~= 0 then tree:add_proto_expert_info(more) end
    if r.stop - r.at >= 8 then tree:add_proto_expert_info(more) end
    r:rest(tree, "block.padding")
end

local function dissect_block(r, tree, said)
    local start = r.at
    local block = tree:add(r.tvb:range(start, 0), "Context data block")
    local feature = r:uint(block, "block.type", 2)
    local words = r:uint(block, "block.words", 1)
    block:set_text("Context data block: " .. (features[feature] or ("0x%04x"):format(feature)))
    local octet = r:take(1)
    block:add(fields["block.has_presence"], octet)
    block:add(fields["block.reserved"], octet)
    local has_presence = has(octet:uint(), 0x80)
    local stop = start + words * 8
    if stop < r.at + (has_presence and 4 or 0) then error(wrong, 0) end
    local inner = reader(r.tvb, r.at, math.min(stop, r.stop))
    r.at = inner.stop
    block:set_len(inner.stop - start)
    local is_sound, problem = pcall(function()
        if not has_presence then return inner:rest(block, "block.data") end
        local presence = inner:uint(block, "block.presence", 4)
        -- A block without data asks for its type.
        if not blocks[feature] then return inner:rest(block, "block.data") end
        dissect_fields(inner, block, blocks[feature], presence, said)
    end)
    if not is_sound then
        if problem ~= cut and problem ~= wrong then error(problem, 0) end
        block:add_proto_expert_info(problem)
    end
    if stop > inner.stop then error(cut, 0) end
end

local function dissect_blocks(r, tree, said)
    while r.at < r.stop do dissect_block(r, tree, said) end
end

local function statuses(r, tree)
    while r.at < r.stop do
        local status = tree:add(r.tvb:range(r.at, 0), "Status of a feature")
        r:uint(status, "status.feature", 2)
        r:uint(status, "status.code", 1)
        r:uint(status, "status.reserved", 1)
    end
end

-- What stands after the header of types 1 to 7; all others have the previous address and blocks.
local bodies = {
    function(r, tree, is_v4, said)
        r:bare_address(tree, "previous_address", is_v4)
        r:bare_address(tree, "router_address", is_v4)
        r:uint(tree, "sequence", 4)
        r:uint(tree, "token", 4)
        dissect_blocks(r, tree, said)
    end,
    function(r, tree, is_v4)
        r:bare_address(tree, "previous_address", is_v4)
        statuses(r, tree)
    end,
    function(r, tree, is_v4, said)
        r:uint(tree, "elapsed", 4)
        r:bare_address(tree, "previous_address", is_v4)
        dissect_blocks(r, tree, said)
    end,
    function(r, tree, is_v4, said)
        r:uint(tree, "elapsed", 4)
        r:bare_address(tree, "previous_address", is_v4)
        r:uint(tree, "algorithm", 2)
        local count = r:uint(tree, "key_length", 2)
        if count > 0 then r:key(tree, "key", count) end
        dissect_blocks(r, tree, said)
    end,
    function(r, tree, is_v4)
        r:bare_address(tree, "previous_address", is_v4)
        statuses(r, tree)
    end,
    function(r, tree, is_v4)
        r:bare_address(tree, "previous_address", is_v4)
        if r.at < r.stop then tree:add_proto_expert_info(more) end
    end,
    function(r, tree, is_v4, said)
        r:bare_address(tree, "previous_address", is_v4)
        r:uint(tree, "sequence", 4)
        r:uint(tree, "token", 4)
        dissect_blocks(r, tree, said)
    end,
}
local flag_names = { [1] = "acknowledge", [3] = "acknowledge", [4] = "acknowledge", [5] = "success" }

local function extension(r, tree, is_v4, said)
    r:bare_address(tree, "previous_address", is_v4)
    dissect_blocks(r, tree, said)
end

-- One message of at least its header; what of it was not captured is told as cut.
local function dissect_message(tvb, at, length, root)
    local stop = math.min(at + length, tvb:len())
    local tree = root:add(cxtp, tvb:range(at, stop - at))
    local r, said = reader(tvb, at, stop), {}
    local first, second = tvb:range(at, 1), tvb:range(at + 1, 1)
    local kind, is_v4 = first:uint() % 32, has(second:uint(), 0x80)
    local name = types[kind] or ("type %d"):format(kind)
    tree:add(fields["version"], first)
    tree:add(fields["type"], first)
    tree:add(fields["ipv4"], second)
    tree:add(fields[flag_names[kind] or "reserved_flag"], second)
    tree:add(fields["reserved"], second)
    tree:add(fields["length"], tvb:range(at + 2, 2))
    r.at = at + 4
    local is_sound, problem = pcall(function()
        if not types[kind] then error(wrong, 0) end
        (bodies[kind] or extension)(r, tree, is_v4, said)
        if stop < at + length then error(cut, 0) end
    end)
    if not is_sound then
        if problem ~= cut and problem ~= wrong then error(problem, 0) end
        tree:add_proto_expert_info(problem)
    end
    local words = name
    if roles[said.sender] and roles[said.receiver] then
        words = ("%s: %s to %s, move %s"):format(name, roles[said.sender], roles[said.receiver], said.move:sub(1, 8))
    end
    tree:append_text(", " .. words)
    return words
end

-- TLS records begin with a type of 20 to 23 and version 3; a message of version 1 begins with 32 to 63.
local function is_tls(tvb)
    return tvb:len() >= 2 and tvb:range(0, 1):uint() >= 20 and tvb:range(0, 1):uint() <= 23
        and tvb:range(1, 1):uint() == 3
end

function cxtp.dissector(tvb, pinfo, root)
    if is_tls(tvb) then
        -- A dissector that another one calls may not ask for more octets unless it is told so again.
        pinfo.can_desegment = 2
        return Dissector.get("tls"):call(tvb, pinfo, root)
    end
    pinfo.cols.protocol = "CXTP"
    local at, said = 0, {}
    while at < tvb:len() do
        local left = tvb:len() - at
        local is_whole = tvb:len() == tvb:reported_len()
        if left < 4 and is_whole and pinfo.can_desegment > 0 then
            pinfo.desegment_offset, pinfo.desegment_len = at, DESEGMENT_ONE_MORE_SEGMENT
            break
        end
        local length = left >= 4 and tvb:range(at + 2, 2):uint() or 0
        if length < 4 or math.floor(tvb:range(at, 1):uint() / 32) ~= 1 then
            -- Nothing after it can be found again.
            root:add(cxtp, tvb:range(at, left), "No CXTP message"):add_proto_expert_info(left < 4 and cut or wrong)
            said[#said + 1] = "no message"
            break
        end
        if left < length and is_whole and pinfo.can_desegment > 0 then
            pinfo.desegment_offset, pinfo.desegment_len = at, length - left
            break
        end
        said[#said + 1] = dissect_message(tvb, at, length, root)
        at = at + length
    end
    -- What TLS read before it in the same packet stays in front.
    if #said > 0 then pinfo.cols.info:set(table.concat(said, " | ") .. " ") end
    return tvb:len()
end

DissectorTable.get("tls.port"):add(PORT, cxtp)
DissectorTable.get("tcp.port"):add(PORT, cxtp)
