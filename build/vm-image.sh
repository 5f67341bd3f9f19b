#!/usr/bin/env bash
# Makes the virtual machine of `make vm`: a kernel and a root disk from the Debian packages that testing/vm/packages names, with a
# Java run-time. It goes into a cache outside the tree whose folder is named after all that it is made of but the packages'
# versions: those are the newest when it is made, and stand in its file `versions`. Prints the folder. Needs no root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

java_modules=java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.sql,jdk.management,jdk.net,jdk.unsupported
disk_mebibytes=1024

sources=(build/vm-image.sh testing/vm/packages testing/vm/guest.sh)
hash="$(sha256sum "${sources[@]}" "$JAVA_HOME/release" | cut -d ' ' -f 1 | sha256sum | cut -c 1-16)"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/proffer/vm"
folder="$cache/$hash"
if [ -d "$folder" ]; then
    echo "$folder"
    exit
fi

mkdir -p "$cache"
work="$(mktemp -d "$cache/making.XXXXXX")"
trap 'rm -rf "$work"' EXIT
root="$work/root"

# Onto a system that has nothing, so that whatever is installed here makes no difference.
resolve() {
    local wanted
    mapfile -t wanted < <(sed -e 's/#.*//' -e '/^\s*$/d' testing/vm/packages)
    : > "$work/status"
    apt-get -s -q --no-install-recommends -o Dir::State::status="$work/status" install "${wanted[@]}" > "$work/resolved" 2>&1 || {
        cat "$work/resolved" >&2
        echo "apt does not find what the virtual machine is made of: it takes Debian 12 or newer, and \`apt-get update\`" >&2
        return 1
    }
    sed -n 's/^Inst \([^ ]*\) (\([^ ]*\) .*/\1=\2/p' "$work/resolved" | sort
}

unpack() {
    local package folder
    for folder in bin lib lib64 sbin; do
        mkdir -p "$root/usr/$folder"
        ln -s "usr/$folder" "$root/$folder"
    done
    for package in "$work"/packages/*.deb; do
        case "$package" in
            */linux-image-[0-9]*) dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work" --wildcards './boot/vmlinuz-*' ;;
            *) dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink --no-same-owner ;;
        esac
    done
}

# What the packages' scripts would have done.
configure() {
    cp "$root/usr/share/base-passwd/passwd.master" "$root/etc/passwd"
    cp "$root/usr/share/base-passwd/group.master" "$root/etc/group"
    echo "127.0.0.1 localhost vm" > "$root/etc/hosts"
    ln -sf dash "$root/usr/bin/sh"
    ldconfig -r "$root"
    mkdir -p "$root"/{dev,proc,run,sys,tests,tmp,var/tmp}
    chmod 1777 "$root/tmp" "$root/var/tmp"
    install -m 755 testing/vm/guest.sh "$root/usr/sbin/guest"
}

echo "making the virtual machine ..." >&2
mkdir -p "$work/packages" "$root"
resolve > "$work/versions"
if ! (cd "$work/packages" && xargs apt-get download -q < ../versions) > "$work/download.log" 2>&1; then
    cat "$work/download.log" >&2
    exit 1
fi
unpack
configure
rm -rf "$root"/usr/share/{doc,info,locale,man,perl} "$root"/usr/lib/*/perl*
"$JAVA_HOME/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages \
    --generate-cds-archive --output "$root/opt/java"

mkdir "$work/image"
mv "$work"/boot/vmlinuz-* "$work/image/kernel"
mv "$work/versions" "$work/image/versions"
truncate -s "${disk_mebibytes}M" "$work/image/root.img"
mke2fs -q -t ext4 -O ^has_journal -E root_owner=0:0,lazy_itable_init=1 -d "$root" "$work/image/root.img"

# Renamed whole, so that two at once do no harm.
[ -d "$folder" ] || mv "$work/image" "$folder"
echo "$folder"
