#!/usr/bin/env bash
# A Kubernetes whose nodes are namespaces of this machine, as root: build/nodes.sh up NODES | down |
# import FILE... | run NODE COMMAND... It is built already.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
. "$root/build/toolchain.sh"

exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$(cat "$root/testing/cluster/target/cluster.classpath")" dev.proffer.testing.nodes.ClusterMain "$@"
