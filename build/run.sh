#!/usr/bin/env bash
# The shortest story: starts a cluster in one process, runs the hello framework on it, stops the cluster and exits
# with hello's code. Ctrl-C stops both.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh
. build/cluster.sh

start_cluster
echo "master: $MASTER"
run_program "$JAVA_HOME/bin/java" $JAVA_OPTIONS -XX:TieredStopAtLevel=1 \
    -jar frameworks/hello/target/hello.jar --master "$MASTER"
