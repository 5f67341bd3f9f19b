#!/usr/bin/env bash
# The shortest story: starts a cluster in one process, runs the hello framework on it, stops the cluster and exits
# with hello's code. Ctrl-C stops both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

start_seconds=60
work="$(mktemp -d "${TMPDIR:-/tmp}/proffer-run.XXXXXX")"
local_pid=""
hello_pid=""

# Ends process $1, that we started: asks, then insists after ten seconds.
end() {
    [ -n "$1" ] || return 0
    kill "$1" 2> /dev/null || return 0
    local tenths
    for ((tenths = 0; tenths < 100; tenths++)); do
        kill -0 "$1" 2> /dev/null || break
        sleep 0.1
    done
    kill -KILL "$1" 2> /dev/null || true
    wait "$1" 2> /dev/null || true
}

stop() {
    trap - EXIT INT TERM
    end "$hello_pid"
    end "$local_pid"
    rm -rf "$work"
}
trap stop EXIT
trap 'stop; exit 130' INT
trap 'stop; exit 143' TERM

fail() {
    echo "$1; what the cluster said:" >&2
    cat "$work/local.log" >&2
    exit 1
}

"$JAVA_HOME/bin/java" -XX:+UseSerialGC -Dproffer.local.port=0 -Dproffer.local.dir="$work/data" \
    -jar local/target/quarkus-app/quarkus-run.jar > "$work/local.log" 2>&1 &
local_pid=$!

master=""
for ((tenths = 0; ; tenths++)); do
    kill -0 "$local_pid" 2> /dev/null || fail "the cluster ended"
    [ "$tenths" -lt $((start_seconds * 10)) ] || fail "the cluster was not ready in $start_seconds s"
    [ -n "$master" ] || master="$(sed -n 's/^.*master: \(http:[^ ]*\).*$/\1/p' "$work/local.log" | head -n 1)"
    if [ -n "$master" ] && curl -fsS -o "$work/health" --max-time 2 "$master/health" 2> "$work/curl.log"; then
        break
    fi
    sleep 0.1
done
echo "master: $master"

"$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar frameworks/hello/target/hello.jar "$master" &
hello_pid=$!
code=0
wait "$hello_pid" || code=$?
hello_pid=""
exit "$code"
