# node.sh FOLDER NAME: the first process of a node, in namespaces of its own. Gives it folders of its own where nodes have
# theirs, says "ready", and buries what the node's processes leave behind.
set -eu
folder=$1
name=$2

# Mounts of the machine come in, none goes out; the node's own processes share theirs, as pods with mounts to hand on need.
mount --make-rslave /
mount --make-rshared /
hostname "$name"
mount -t proc proc /proc

version=1
[ ! -e /sys/fs/cgroup/cgroup.controllers ] || version=2
mount -t sysfs sysfs /sys
if [ $version = 2 ]; then
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
    mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
    while IFS=: read -r number controllers path; do
        directory=/sys/fs/cgroup/${controllers#name=}
        case $controllers in
            "")
                mkdir /sys/fs/cgroup/unified
                mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
                ;;
            name=*)
                mkdir "$directory"
                mount -t cgroup -o "none,$controllers" cgroup "$directory"
                ;;
            *)
                mkdir "$directory"
                mount -t cgroup -o "$controllers" cgroup "$directory"
                ;;
        esac
    done < /proc/self/cgroup
fi

# A kubelet sets these for its machine; this machine is not its own.
mkdir -p "$folder/sysctl"
for setting in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys \
    kernel/keys/root_maxbytes; do
    [ -e "/proc/sys/$setting" ] || continue
    copy="$folder/sysctl/$(echo "$setting" | tr / -)"
    cat "/proc/sys/$setting" > "$copy"
    mount --bind "$copy" "/proc/sys/$setting"
done
echo 1 > /proc/sys/net/ipv4/ip_forward

mkdir -p "$folder/var/lib" "$folder/var/log" "$folder/var/tmp"
ln -sfn /run "$folder/var/run"
mount --bind "$folder/var" /var
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/netns /run/lock
ip link set lo up

echo ready
exec > /dev/null 2>&1
while :; do
    sleep 86400 &
    wait
done
