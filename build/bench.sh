#!/usr/bin/env bash
# Runs the JMH benchmarks (src/jmh/java) of all modules, or of the one whose folder is given, and writes the results
# to target/bench/<module>.json: build/bench.sh [MODULE [JMH OPTIONS]]. The module `launch` is no JMH benchmark but
# build/launch-latency.sh, and `bulk` is none but the longest inputs of the master's core.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

only="${1:-}"
[ $# -eq 0 ] || shift

if [ "$only" = launch ]; then
    "$MVN" -q -T1C -DskipTests -Dspotless.check.skip -pl testing,local -am package
    exec build/launch-latency.sh
fi

if [ "$only" = bulk ]; then
    "$MVN" -q -T1C -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Pbench -pl master/core -am process-test-classes
    exec "$JAVA_HOME/bin/java" -Xmx6g -XX:+UseSerialGC \
        -cp "master/core/target/test-classes:master/core/target/classes:$(cat master/core/target/bench.classpath)" \
        dev.proffer.master.core.BulkInputs "$@"
fi

modules=()
while read -r folder; do
    module="${folder#./}"
    module="${module%/src/jmh}"
    [ -n "$only" ] && [ "$only" != "$module" ] || modules+=("$module")
done < <(find . -name target -prune -o -type d -path '*/src/jmh' -print | sort)
if [ ${#modules[@]} -eq 0 ]; then
    echo "no benchmarks in ${only:-any module}" >&2
    exit 1
fi

"$MVN" -T1C -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Pbench -pl "$(IFS=,; echo "${modules[*]}")" -am \
    process-test-classes

mkdir -p target/bench
for module in "${modules[@]}"; do
    "$JAVA_HOME/bin/java" -cp "$module/target/test-classes:$module/target/classes:$(cat "$module/target/bench.classpath")" \
        org.openjdk.jmh.Main -foe true -prof gc -rf json -rff "target/bench/${module//\//-}.json" "$@"
done
