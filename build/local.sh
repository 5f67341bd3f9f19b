#!/usr/bin/env bash
# Starts a cluster in one process, in the foreground: build/local.sh [PORT [DIR]]. Port 0: any that is free.
# No folder: a temporary one that goes when the cluster stops.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

port="${1:-0}"
dir="${2:-}"
temporary=""
java=""

stop() {
    trap - EXIT INT TERM
    if [ -n "$java" ]; then
        kill "$java" 2> /dev/null || true
        wait "$java" 2> /dev/null || true
    fi
    [ -z "$temporary" ] || rm -rf "$temporary"
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

if [ -z "$dir" ]; then
    dir="$(mktemp -d "${TMPDIR:-/tmp}/proffer.XXXXXX")"
    temporary="$dir"
fi

# Not in the foreground: bash runs a trap only between commands, but at once during `wait`.
"$JAVA_HOME/bin/java" $LOCAL_JAVA_OPTIONS -Dproffer.local.port="$port" -Dproffer.local.dir="$dir" \
    -jar local/target/quarkus-app/quarkus-run.jar &
java=$!
wait "$java"
