# Inside the lab's kernel: traffic, and the console for a person.
. "$1/stage.sh"
[ -n "${SIZE:-}" ] && stty rows "${SIZE% *}" cols "${SIZE#* }"
for gateway in PR NR; do
    "$BIN/ferry" path set --previous MN,PR,G,RN --next MN,NR,G,RN --gateway /run/$gateway/api.sock
done
# What nobody listens to is answered, each packet, so that there is traffic both ways.
ip netns exec SRV sysctl -qw net.ipv4.icmp_ratelimit=0
for net in 0 1 2; do
    ip netns exec MN bash -c "while sleep 0.05; do echo lab; done >/dev/udp/10.1.$net.1/9" 2>/dev/null &
    traffic="${traffic:-} $!"
done
"$BIN/ferry" --gateway /run/PR/api.sock --gateway /run/NR/api.sock
kill $traffic
strike
