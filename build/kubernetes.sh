#!/usr/bin/env bash
# Builds the Kubernetes that tests run against, from the Go modules that testing/kubernetes/go.mod names, into a cache outside
# the tree whose folder is named after that file's hash: with everything there it does nothing. Prints the folder.
# `build/kubernetes.sh nodes` builds what a cluster with nodes needs as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../testing/kubernetes"

need_go=1.24

find_go() {
    local go version
    for go in "$(command -v go || true)" /usr/local/go/bin/go /usr/lib/go/bin/go; do
        [ -x "$go" ] || continue
        version="$(GOTOOLCHAIN=local "$go" env GOVERSION 2> /dev/null | sed 's/^go//')"
        if [ "$(printf '%s\n%s\n' "$need_go" "${version:-0}" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$need_go" ]; then
            echo "$go"
            return
        fi
    done
    echo "Install Go $need_go or newer (https://go.dev/dl): it builds the Kubernetes that the tests run against." >&2
    return 1
}

hash_of() {
    if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-16
}

api_programs=(
    etcd=go.etcd.io/etcd/server/v3
    kube-apiserver=k8s.io/kubernetes/cmd/kube-apiserver
    kube-controller-manager=k8s.io/kubernetes/cmd/kube-controller-manager
    kubectl=k8s.io/kubernetes/cmd/kubectl
)
node_programs=(
    kube-scheduler=k8s.io/kubernetes/cmd/kube-scheduler
    kube-proxy=k8s.io/kubernetes/cmd/kube-proxy
    kubelet=k8s.io/kubernetes/cmd/kubelet
)

nodes=""
case "${1:-}" in
    "") programs=("${api_programs[@]}") ;;
    nodes)
        nodes=1
        need_go=1.25
        programs=("${api_programs[@]}" "${node_programs[@]}")
        ;;
    *)
        echo "usage: build/kubernetes.sh [nodes]" >&2
        exit 2
        ;;
esac

# The harness computes the same folder: KubernetesBinaries.java.
folder="${XDG_CACHE_HOME:-$HOME/.cache}/proffer/kubernetes/$(hash_of go.mod)"
version="$(sed -n 's/^.*k8s\.io\/kubernetes \(v[0-9.]*\).*/\1/p' go.mod | head -n 1)"
major_minor="${version#v}"
flags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    flags+=" -X $package.gitVersion=$version -X $package.gitMajor=${major_minor%%.*}"
    flags+=" -X $package.gitMinor=$(cut -d. -f2 <<< "$major_minor")"
done

go=""
mkdir -p "$folder"

# build NAME PACKAGE [FLAGS [MODULE]]: nothing, where the program is there.
build() {
    [ ! -x "$folder/$1" ] || return 0
    [ -n "$go" ] || go="$(find_go)"
    echo "building $1 ..." >&2
    # Renamed when whole, so that an interrupted build leaves no half program.
    CGO_ENABLED=0 "$go" build -C "${4:-.}" -trimpath -mod=readonly -ldflags "${3:--s -w}" -o "$folder/.$1.$$" "$2"
    mv "$folder/.$1.$$" "$folder/$1"
}

for program in "${programs[@]}"; do
    build "${program%%=*}" "${program#*=}" "$flags"
done
if [ -n "$nodes" ]; then
    # Not of go.mod: the names say which state of their sources they are of.
    build "probe-$(hash_of probe/main.go)" ./probe
    build "coredns-$(hash_of coredns/go.mod)" github.com/coredns/coredns "-s -w" coredns
fi
echo "$folder"
