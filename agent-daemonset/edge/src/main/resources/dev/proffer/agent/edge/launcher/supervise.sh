#!/bin/sh
# Runs a task and keeps its exit status, so that an agent that comes later can learn of it:
#   supervise.sh CONTAINER SANDBOX PROGRAM [ARGUMENT ...]
# Leaves its own pid in CONTAINER/supervisor, then the task's exit status in CONTAINER/exit.
container=$1
sandbox=$2
shift 2
# A handler, not "ignore": the task must not inherit that. What is meant for the task does not end its supervisor.
trap : HUP INT TERM
echo "$$" > "$container/supervisor.next" && mv "$container/supervisor.next" "$container/supervisor"
cd "$sandbox" || exit
"$@" < /dev/null >> stdout 2>> stderr
status=$?
echo "$status" > "$container/exit.next" && mv "$container/exit.next" "$container/exit"
