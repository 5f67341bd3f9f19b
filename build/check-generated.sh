#!/usr/bin/env bash
# Generates again and fails if one of the given files or folders changed: what is committed must be fresh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ $# -gt 0 ] || exit 0

before="$(mktemp -d)"
trap 'rm -rf "$before"' EXIT
for path in "$@"; do
    mkdir -p "$before/$(dirname "$path")"
    [ ! -e "$path" ] || cp -R "$path" "$before/$(dirname "$path")/"
done

make --no-print-directory generate

stale=0
for path in "$@"; do
    diff -ruN "$before/$path" "$path" || stale=1
done
if [ "$stale" = 1 ]; then
    echo "Generated files were stale. They are fresh now: commit them." >&2
    exit 1
fi
