#!/bin/sh
# Runs a task and keeps its exit status, so that an agent that comes later can learn of it:
#   supervise.sh FOLDER SETSID USER PROGRAM [ARGUMENT ...]
# In the sandbox as its working directory. Leaves its own pid in FOLDER/supervisor, the task's in FOLDER/task and, at the
# end, the task's exit status in FOLDER/exit; says the task's pid on its standard output once there is a process.
# SETSID is a program that makes a session and goes on as another program; empty if there is none. USER is whom to become;
# empty for nobody else.

# Handlers, since "ignore" would be inherited: what is meant for the task does not end its supervisor.
trap : HUP INT TERM
printf '%s\n' "$$" > "$1/supervisor"
(
    exec 3>&1 > /dev/null < /dev/null
    exec >> stdout 2>> stderr || exit 126
    [ -z "$3" ] || chown "$3" stdout stderr || exit 126
    # An agent that died meanwhile must not end the task.
    trap '' PIPE
    proffer_pid=
    if [ -r /proc/self/stat ]; then
        read -r proffer_pid proffer_rest < /proc/self/stat
        printf '%s\n' "$proffer_pid" > "$1/task"
    fi
    printf '%s\n' "${proffer_pid:-0}" >&3
    exec 3>&-
    trap - PIPE
    proffer_setsid=$2
    proffer_user=$3
    shift 3
    if [ -n "$proffer_user" ]; then
        set -- setpriv --reuid "$proffer_user" --regid "$(id -g "$proffer_user")" --init-groups -- "$@"
    fi
    if [ -n "$proffer_setsid" ]; then
        set -- "$proffer_setsid" "$@"
    fi
    unset proffer_pid proffer_rest proffer_setsid proffer_user
    exec "$@"
)
proffer_status=$?
printf '%s\n' "$proffer_status" > "$1/exit"
exit "$proffer_status"
