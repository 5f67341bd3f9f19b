#!/bin/sh
# Runs a task and keeps its exit status, so that an agent that comes later can learn of it:
#   supervise.sh CONTAINER SANDBOX PROGRAM [ARGUMENT ...]
# Leaves its own pid in CONTAINER/supervisor, then the task's exit status in CONTAINER/exit.
# The environment is the task's: no variable is set here, since the task would see it, and no other program is run, since
# PATH may lead anywhere.

# A handler, not "ignore": the task must not inherit that. What is meant for the task does not end its supervisor.
trap : HUP INT TERM
echo "$$" > "$1/supervisor"
(cd "$2" && shift 2 && exec "$@" < /dev/null >> stdout 2>> stderr)
echo "$?" > "$1/exit"
