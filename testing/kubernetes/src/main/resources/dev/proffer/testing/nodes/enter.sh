# enter.sh CGROUP COMMAND...: runs a command in that cgroup of every hierarchy, made where it is missing.
set -eu
group=$1
shift

make_cgroup() {
    directory=$1
    for part in $(echo "$group" | tr / ' '); do
        if [ -e "$directory/cgroup.subtree_control" ] && [ "$unified" ]; then
            for controller in $(cat "$directory/cgroup.controllers"); do
                echo "+$controller" > "$directory/cgroup.subtree_control" 2> /dev/null || true
            done
        fi
        parent=$directory
        directory=$directory/$part
        mkdir -p "$directory"
        # Without CPUs and memory nodes of its own a version 1 cpuset takes no process.
        for file in cpuset.cpus cpuset.mems; do
            [ ! "$unified" ] && [ -e "$directory/$file" ] && [ ! -s "$directory/$file" ] || continue
            [ "$(cat "$directory/$file")" ] || cat "$parent/$file" > "$directory/$file"
        done
    done
    echo 0 > "$directory/cgroup.procs"
}

for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
    [ -e "$hierarchy/cgroup.procs" ] || continue
    # The one hierarchy of a version 2 machine. Beside version 1 controllers, it has none that a node needs.
    unified=
    [ "$hierarchy" != /sys/fs/cgroup ] || unified=1
    make_cgroup "$hierarchy"
    [ ! "$unified" ] || break
done
exec "$@"
