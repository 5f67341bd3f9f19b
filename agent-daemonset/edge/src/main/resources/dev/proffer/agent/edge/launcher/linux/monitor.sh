#!/bin/sh
# Starts a container's monitor so that it outlives the agent and all that is the agent's:
#   monitor.sh TOOLBOX STATE SANDBOX OWNER PIDFILE ANSWER CGROUP-FILE ... -- MONITOR [ARGUMENT ...]
# With a TOOLBOX (a root file system), in a mount namespace of its own that has nothing but it, /proc, /sys, a small /dev and
# the folder STATE, each at its usual place; SANDBOX lies in STATE. What the monitor says of
# the container goes to the file ANSWER (not to a pipe: it would die if the agent died meanwhile); the task's output goes to stdout and stderr in the sandbox, which belong to OWNER. The monitor's pid, which is
# this process's, goes to PIDFILE.
set -e

if [ -n "$1" ] && [ -z "$PROFFER_INSIDE" ]; then
    PROFFER_INSIDE=1 exec unshare --mount --propagation private /bin/sh "$0" "$@"
fi
toolbox=$1 state=$2 sandbox=$3 owner=$4
answer=$6
printf '%s\n' "$$" > "$5"
shift 6

# In every hierarchy: who is left in one of them dies, or is waited for, with the agent's pod.
while [ "$1" != -- ]; do
    echo 0 > "$1"
    shift
done
shift

if [ -n "$toolbox" ]; then
    unset PROFFER_INSIDE
    mount --bind "$toolbox" "$toolbox"
    cd "$toolbox"
    mount --rbind /proc proc
    mount --rbind /sys sys
    mount -t tmpfs -o mode=755,size=64k tmpfs dev
    mknod -m 666 dev/null c 1 3
    mknod -m 666 dev/zero c 1 5
    mknod -m 666 dev/random c 1 8
    mknod -m 666 dev/urandom c 1 9
    mkdir -p ".$state"
    mount --bind "$state" ".$state"
    pivot_root . .
    umount -l .
    cd /
fi

cd "$sandbox"
: >> stdout
: >> stderr
chown -h "$owner" . stdout stderr
# Only now: what was opened before belongs to the agent's container.
exec 4> "$answer" >> stdout 2>> stderr < /dev/null
exec setsid "$@"
