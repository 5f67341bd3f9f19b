#!/usr/bin/env bash
# Writes manifests/install.yaml: the default overlay in one file, for those who have no checkout. With the kubectl that
# `make kubernetes` builds, since others order differently; without it the file stays, and `make it` tells whether it is fresh.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

hash="$({ sha256sum testing/kubernetes/go.mod 2> /dev/null || shasum -a 256 testing/kubernetes/go.mod; } | cut -c 1-16)"
kubectl="${XDG_CACHE_HOME:-$HOME/.cache}/proffer/kubernetes/$hash/kubectl"
if [ ! -x "$kubectl" ]; then
    echo "manifests/install.yaml is left as it is: \`make kubernetes\` builds the kubectl that writes it" >&2
    exit 0
fi
{
    echo "# Written by \`make generate\` from kustomize/overlays/default."
    "$kubectl" kustomize kustomize/overlays/default
} > manifests/install.yaml
