#!/usr/bin/env bash
# A Kubernetes whose nodes are namespaces of this machine, as root: build/nodes.sh up NODES | down. It is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(cat testing/cluster/target/cluster.classpath)" \
    dev.proffer.testing.nodes.ClusterMain "$@"
