#!/usr/bin/env bash
# Builds the images twice, from what Maven left, and fails if their digests differ: build/check-images.sh [NAME ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. build/toolchain.sh

build() {
    AOT="" "$JAVA_HOME/bin/java" build/images/BuildImages.java "$@"
}
first="$(build "$@")"
second="$(build "$@")"
diff <(echo "$first") <(echo "$second")
echo "both builds gave the same digests"
