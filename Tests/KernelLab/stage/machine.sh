# machine.sh FOLDER SCRIPT LIMIT: runs a script of the folder in namespaces of this kernel, where it has ESP, for root; elsewhere
# in a user-mode kernel, whose root is this machine's file system: it writes below the folder only. It ends after LIMIT
# seconds, 0 for never.
folder=$1 script=$2 limit=$3
export PATH=$PATH:/usr/sbin:/sbin
for program in ip tc swanctl; do
    command -v $program >/dev/null ||
        { echo "$program is missing (apt-get install iproute2 strongswan-swanctl charon-systemd)" >&2; exit 2; }
done
if [ "$(id -u)" = 0 ] && { [ -d /proc/sys/net/core ] && modprobe -q esp4 2>/dev/null; }; then
    # What it writes below /run is its own, and gone with it.
    exec timeout --foreground "$limit" unshare --mount --net \
        bash -c 'mount -t tmpfs tmp /run && exec bash "$0/$1" "$0"' "$folder" "$script"
fi
command -v linux.uml >/dev/null || { echo "linux.uml is missing (apt-get install user-mode-linux kmod)" >&2; exit 2; }
cat >"$folder/init" <<INIT
#!/bin/bash
export PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM="${TERM:-linux}" LANG="${LANG:-C.UTF-8}"
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t tmpfs tmp /run; mount -t tmpfs tmp /dev/shm
mount --bind /usr/lib/uml/modules /lib/modules
bash "$folder/$script" "$folder" 2>&1
sync; halt -f
INIT
chmod +x "$folder/init"
mkdir -p /lib/modules
# It has one processor, and is faster where its processes stay on one of this machine's.
processor=$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')
exec timeout --foreground "$limit" taskset -c "$processor" linux.uml mem=1024M root=/dev/root rootfstype=hostfs rw init="$folder/init" con=null con0=fd:0,fd:1
