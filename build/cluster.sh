# A local cluster for as long as a script runs; source it after toolchain.sh. `start_cluster` sets MASTER once the cluster is
# ready; when the script ends, however it ends, all that was started is stopped and the folder $work is gone.

start_seconds=60
work="$(mktemp -d "${TMPDIR:-/tmp}/proffer.XXXXXX")"
started=()

# Ends process $1, that we started: asks, then insists after ten seconds.
end_process() {
    kill "$1" 2> /dev/null || return 0
    local tenths
    for ((tenths = 0; tenths < 100; tenths++)); do
        kill -0 "$1" 2> /dev/null || break
        sleep 0.1
    done
    kill -KILL "$1" 2> /dev/null || true
    wait "$1" 2> /dev/null || true
}

stop_all() {
    trap - EXIT INT TERM
    local index
    for ((index = ${#started[@]} - 1; index >= 0; index--)); do
        end_process "${started[index]}"
    done
    rm -rf "$work"
}
trap stop_all EXIT
trap 'stop_all; exit 130' INT
trap 'stop_all; exit 143' TERM

fail() {
    echo "$1; what the cluster said:" >&2
    cat "$work/local.log" >&2
    exit 1
}

start_cluster() {
    : > "$work/local.log"
    "$JAVA_HOME/bin/java" $LOCAL_JAVA_OPTIONS -Dproffer.local.port=0 -Dproffer.local.dir="$work/data" \
        -jar local/target/quarkus-app/quarkus-run.jar > "$work/local.log" 2>&1 &
    local cluster=$!
    started+=("$cluster")
    local tenths
    MASTER=""
    for ((tenths = 0; ; tenths++)); do
        kill -0 "$cluster" 2> /dev/null || fail "the cluster ended"
        [ "$tenths" -lt $((start_seconds * 10)) ] || fail "the cluster was not ready in $start_seconds s"
        MASTER="$(sed -n 's/^master: \(http:.*\)$/\1/p' "$work/local.log" | head -n 1)"
        [ -z "$MASTER" ] || break
        sleep 0.1
    done
}

# Runs a program in the foreground: a trap gets through to bash only while it waits.
run_program() {
    "$@" &
    local program=$! code=0
    started+=("$program")
    wait "$program" || code=$?
    unset 'started[-1]'
    return "$code"
}
