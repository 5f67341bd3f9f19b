#!/usr/bin/env bash
# Measures how long it takes from answering an offer to TASK_RUNNING, on a local cluster that has nothing else to do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh
. build/cluster.sh

start_cluster
mkdir -p target/bench
run_program "$JAVA_HOME/bin/java" $JAVA_OPTIONS \
    -cp "testing/target/test-classes:$(cat testing/target/test.classpath)" \
    dev.proffer.testing.local.LaunchLatency "$MASTER" | tee target/bench/launch.txt
