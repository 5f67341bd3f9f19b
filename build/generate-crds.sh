#!/usr/bin/env bash
# Writes the CRDs into kustomize/base/crds, from the records in crds/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

class_path="$PWD/crds/target/generator.classpath"
build/mvn -q -pl crds -am -DskipTests -Dspotless.check.skip -Dmdep.outputFile="$class_path" \
    test-compile dependency:build-classpath
"$JAVA_HOME/bin/java" -cp "crds/target/test-classes:crds/target/classes:$(cat "$class_path")" \
    dev.proffer.crds.generator.CrdFiles kustomize/base/crds
