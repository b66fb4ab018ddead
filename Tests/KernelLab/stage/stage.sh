# Inside the lab's kernel: namespaces MN, PR, NR and SRV, two charons that negotiate, two ferryds. Its folder is $1.
set -u
. "$1/environment"
cd "$LAB"
modprobe -a esp4 esp6 ah4 ah6 xfrm_user xfrm_algo veth bridge tun af_packet sch_ingress sch_netem cls_flower cls_u32 \
    act_mirred act_skbedit gcm ctr seqiv authenc echainiv cbc hmac sha256_generic 2>/dev/null
echo "lab: kernel $(uname -r)"
dmesg -n 1
ip link set lo up
for bridge in brout brin; do ip link add $bridge type bridge; ip link set $bridge up; done
for node in MN PR NR SRV; do ip netns add $node; ip -n $node link set lo up; mkdir -m 700 -p /run/$node; done
# NODE INTERFACE BRIDGE ADDRESS
plug() {
    ip link add $1$2 type veth peer name $2 netns $1
    ip link set $1$2 master $3 up
    ip -n $1 addr add $4 dev $2
    ip -n $1 link set $2 up
}
plug MN out brout 10.0.0.2/24; plug PR out brout 10.0.0.3/24; plug NR out brout 10.0.0.4/24
plug PR in brin 10.9.0.3/24; plug NR in brin 10.9.0.4/24; plug SRV in brin 10.9.0.9/24
six() { ip -n $1 addr add $3 dev $2 nodad; }
six MN out fd00::2/64; six PR out fd00::3/64; six NR out fd00::4/64
six PR in fd09::3/64; six NR in fd09::4/64; six SRV in fd09::9/64
# A second user of the same gateway.
ip -n MN addr add 10.0.0.12/24 dev out
for node in PR NR; do
    ip netns exec $node sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 \
        net.ipv4.conf.in.send_redirects=0 net.ipv4.conf.out.send_redirects=0
    ip netns exec $node sysctl -qw net.ipv6.conf.all.forwarding=1
    ip -n $node route add 10.1.0.0/16 via 10.9.0.9; ip -n $node route add fd01::/64 via fd09::9
    ip -n $node route add 10.2.0.0/16 via 10.0.0.2; ip -n $node route add fd02::/64 via fd00::2
done
# PR has the SAs at first, and so it has the addresses that move with them.
ip -n PR addr add 10.0.0.1/32 dev out; ip -n PR addr add 10.9.0.1/32 dev in
six PR out fd00::1/128; six PR in fd09::1/128
six MN lo fd02::1/128; ip -n MN route add fd01::/64 via fd00::1 src fd02::1
six SRV lo fd01::1/128; ip -n SRV route add fd02::/64 via fd09::1 src fd01::1
for net in 0 1 2 3; do
    ip -n MN addr add 10.2.$net.1/32 dev lo; ip -n MN route add 10.1.$net.0/24 via 10.0.0.1 src 10.2.$net.1
    ip -n SRV addr add 10.1.$net.1/32 dev lo; ip -n SRV route add 10.2.$net.0/24 via 10.9.0.1 src 10.1.$net.1
done

for node in PR NR; do
    ip netns exec $node "$BIN/ferryd" --config "$LAB/$node.yaml" >/run/$node/ferryd.log 2>&1 &
    echo $! >/run/$node/ferryd.pid
done
for node in MN PR; do
    sed "s|@RUN@|/run/$node|g" strongswan.conf >/run/$node/strongswan.conf
    mkdir -p /run/$node/swanctl && cp $node.swanctl.conf /run/$node/swanctl/swanctl.conf
    STRONGSWAN_CONF=/run/$node/strongswan.conf ip netns exec $node /usr/sbin/charon-systemd </dev/null >/run/$node/out 2>&1 &
    echo $! >/run/$node/charon.pid
done
sw() {
    local node=$1
    shift
    STRONGSWAN_CONF=/run/$node/strongswan.conf SWANCTL_DIR=/run/$node/swanctl \
        swanctl "$@" --uri unix:///run/$node/charon.vici >/run/$node/swanctl.log 2>&1
}
for node in MN PR; do
    for _ in $(seq 100); do [ -S /run/$node/charon.vici ] && break; sleep 0.1; done
    sw $node --load-all --noprompt || { echo "lab: charon of $node does not load"; cat /run/$node/swanctl.log /run/$node/charon.log; }
done
for node in PR NR; do
    for _ in $(seq 200); do [ -S /run/$node/api.sock ] && break; sleep 0.1; done
    [ -S /run/$node/api.sock ] || { echo "lab: ferryd of $node does not come up"; cat /run/$node/ferryd.log; }
done
for child in gcm cbc esn ipv6; do
    sw MN --initiate --child $child || { echo "lab: $child is not negotiated"; cat /run/MN/swanctl.log /run/MN/charon.log; }
done
strike() {
    for node in MN PR NR; do
        for daemon in charon ferryd; do [ -s /run/$node/$daemon.pid ] && kill "$(cat /run/$node/$daemon.pid)"; done
    done 2>/dev/null
}
