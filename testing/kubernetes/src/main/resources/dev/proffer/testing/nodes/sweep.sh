# sweep.sh NAME: ends all processes of the cluster of that name, and removes its cgroups and its link. Its other interfaces,
# its namespaces and its mounts end with its processes. What is not there is no error; what does not go is.
set -u
name=$1
patience=300

cgroups() {
    for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
        [ ! -d "$hierarchy/$name" ] || find "$hierarchy/$name" "$@" 2> /dev/null
    done
}

# The frozen do not die.
thaw() {
    for state in $(cgroups -name freezer.state); do
        echo THAWED > "$state"
    done 2> /dev/null
}

living() {
    for list in $(cgroups -name cgroup.procs); do
        cat "$list"
    done 2> /dev/null | sort -u
}

tries=0
while pids=$(living) && [ "$pids" ] && [ $tries -lt $patience ]; do
    thaw
    for pid in $pids; do
        kill -KILL "$pid" 2> /dev/null
    done
    sleep 0.1
    tries=$((tries + 1))
done

tries=0
while [ "$(cgroups -maxdepth 0)" ] && [ $tries -lt $patience ]; do
    cgroups -depth -type d -exec rmdir {} \; > /dev/null
    [ ! "$(cgroups -maxdepth 0)" ] || sleep 0.1
    tries=$((tries + 1))
done

ip link delete "$name" 2> /dev/null
if [ "$(cgroups -maxdepth 0)" ]; then
    echo "cgroups of $name are left: $(cgroups -maxdepth 0 | tr '\n' ' ')" >&2
    exit 1
fi
exit 0
