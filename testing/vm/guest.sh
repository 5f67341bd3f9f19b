#!/bin/sh
# Process 1 of the virtual machine: mounts cgroups of version 2 and nothing of version 1, runs what the disk of tests asks for,
# tells its exit status on the console and switches the machine off.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
export PATH

if [ "$$" = 1 ]; then
    exec tini-static -- /bin/sh "$0" # Which waits for orphans.
fi

mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev 2> /dev/null
mkdir -p /dev/shm /dev/pts
mount -t tmpfs tmpfs /dev/shm
mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t cgroup2 cgroup2 /sys/fs/cgroup
mount -o ro -t ext4 /dev/nvme1n1 /tests
busybox ip link set lo up
busybox hostname vm
ulimit -n 65536

echo "vm: Linux $(uname -r), cgroups of version 2 with $(cat /sys/fs/cgroup/cgroup.controllers)"
cd /var/tmp && /opt/java/bin/java @/tests/arguments < /dev/null
echo "vm: exit status $?"
sync
echo o > /proc/sysrq-trigger
# Switching off takes a moment, and without its first process the kernel would panic.
while :; do sleep 1; done
