#!/usr/bin/env bash
# Runs the agent's tests of cgroups and containers in a virtual machine whose kernel has cgroups of version 2 alone, whatever this
# machine has: build/vm.sh [CLASS]. CPUs are emulated; PROFFER_VM_ACCEL=kvm uses the machine's own, where it has what that takes.
# Neither root nor a network is needed once the machine is made. The console goes to target/vm/console.log, too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

only="${1:-}"
limit_seconds=1800
memory_mebibytes=2048
accel="${PROFFER_VM_ACCEL:-tcg,thread=multi}"
module=agent-daemonset/edge
tests='cgroups[.].*Test|launcher[.]linux[.].*Test|ContainerNodeTest'

missing=()
[ "$(uname -sm)" = "Linux x86_64" ] || missing+=("Linux on x86-64")
command -v qemu-system-x86_64 > /dev/null || missing+=("qemu-system-x86_64 (Debian: qemu-system-x86)")
command -v mke2fs > /dev/null || missing+=("mke2fs (Debian: e2fsprogs, in /usr/sbin)")
for program in apt-get dpkg-deb; do
    command -v "$program" > /dev/null || missing+=("$program (Debian 12 or newer, or a container of it)")
done
if [ ${#missing[@]} -gt 0 ]; then
    printf 'make vm needs %s\n' "$(IFS=';'; echo "${missing[*]}" | sed 's/;/; /g')" >&2
    exit 1
fi

machine="$(build/vm-image.sh)"
work="$PWD/target/vm"
rm -rf "$work"
mkdir -p "$work/disk/classpath"

"$MVN" -T1C -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -DskipTests -Dspotless.check.skip -pl "$module" -am \
    -Dmdep.outputFile="$work/classpath" test-compile dependency:build-classpath

# Short names in the order of the class path, which two jars of one name must not change.
class_path=""
number=100
while read -r entry; do
    [ -e "$entry" ] || continue
    number=$((number + 1))
    name="$number-$(basename "$entry")"
    cp -RL "$entry" "$work/disk/classpath/$name"
    class_path+=":/tests/classpath/$name"
done < <(printf '%s\n' "$module/target/test-classes" "$module/target/classes"; tr : '\n' < "$work/classpath"; echo)

{
    printf '%s\n' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -cp "${class_path#:}"
    printf '%s\n' org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors
    printf '%s\n' --details=testfeed --fail-if-no-tests --select-package dev.proffer.agent.edge
    printf '%s\n' --include-classname ".*[.](${only:-$tests})"
} > "$work/disk/arguments"
truncate -s 128M "$work/tests.img"
mke2fs -q -t ext4 -O ^has_journal -E root_owner=0:0 -d "$work/disk" "$work/tests.img"
rm -rf "$work/disk"

echo "starting the virtual machine ($(basename "$machine"), $accel) ..."
timeout --foreground "$limit_seconds" qemu-system-x86_64 -accel "$accel" -cpu max -smp 2 -m "$memory_mebibytes" \
    -nodefaults -no-user-config -display none -no-reboot -serial stdio \
    -kernel "$machine/kernel" \
    -append "console=ttyS0 loglevel=2 panic=-1 root=/dev/nvme0n1 rw init=/usr/sbin/guest" \
    -drive id=root,if=none,format=raw,snapshot=on,file="$machine/root.img" -device nvme,drive=root,serial=root \
    -drive id=tests,if=none,format=raw,readonly=on,file="$work/tests.img" -device nvme,drive=tests,serial=tests \
    < /dev/null 2>&1 | sed -u 's/\r$//' | tee "$work/console.log" || {
    echo "the virtual machine was stopped: it took more than $limit_seconds s, or QEMU failed" >&2
    exit 1
}

status="$(sed -n 's/^vm: exit status \([0-9]*\)$/\1/p' "$work/console.log" | tail -n 1)"
if [ -z "$status" ]; then
    echo "the virtual machine ended before its tests did; its console is in target/vm/console.log" >&2
    exit 1
fi
# What a test skips elsewhere for want of root, cgroups or programs, it has to do here.
if [ "$status" = 0 ] && ! grep -q '^\[ *0 tests aborted *\]$' "$work/console.log"; then
    echo "tests were aborted, but nothing that they need is missing here" >&2
    exit 1
fi
exit "$status"
