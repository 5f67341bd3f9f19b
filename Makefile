# The one entry point. The toolchain (JDK >= 25, Maven >= 3.9) is found by build/toolchain.sh.

MAVEN := build/mvn -T1C
# Unlike -q this leaves the compiler's warnings in, which are why a compilation fails.
QUIET := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn
FAST := -DskipTests -Dspotless.check.skip
PORT ?= 0
DIR ?=
ONLY ?=
ARGS ?=
NODES ?=
ARCH ?=
AOT ?=

# What starts a cluster with nodes, without what its tests try.
CLUSTER := -pl testing/authority,testing/kubernetes,testing/cluster

SOURCES := $(shell find . -name target -prune -o -type f \( -name pom.xml -o -path '*/src/main/*' \) -print) $(wildcard .mvn/*)

# Files and folders that `make generate` writes and that are committed; `make test` checks that they are fresh.
GENERATED := docs/configuration.md

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help fmt test kubernetes it vm e2e cluster cluster-down cluster-images run local cli images bench generate verify

help: ## Print what there is.
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

fmt: ## Format the sources.
	@$(MAVEN) -q spotless:apply

test: ## Compile, check and test everything, and check that generated files are fresh.
	@$(MAVEN) verify
	@build/check-generated.sh $(GENERATED)

kubernetes: ## Build the Kubernetes that `make it` runs against, once. NODES=1: also what a cluster with nodes needs.
	@build/kubernetes.sh $(if $(NODES),nodes)

it: ## Run the integration tests against a real API server. ONLY=FaultsIT: one class.
	@$(MAVEN) -Pit $(FAST) -pl testing/kubernetes -am $(if $(ONLY),-Dit.test=$(ONLY)) verify

e2e: ## Run the tests on real nodes, as root. ONLY=NodesIT: one class.
	@build/kubernetes.sh nodes > /dev/null
	@$(MAKE) images ONLY=
	@$(MAVEN) -Pit,e2e $(FAST) -pl testing/kubernetes -am $(if $(ONLY),-Dit.test=$(ONLY)) verify

cluster: ## Start a Kubernetes with NODES=3 nodes on this machine, as root, and leave it running.
	@build/kubernetes.sh nodes > /dev/null
	@$(MAVEN) $(QUIET) $(FAST) $(CLUSTER) process-classes
	@build/nodes.sh up "$(or $(NODES),3)"

# Not built anew: what does not compile must not keep a cluster up.
cluster-down: ## Stop it, and remove what a killed one left.
	@[ -e testing/cluster/target/cluster.classpath ] || $(MAVEN) $(QUIET) $(FAST) $(CLUSTER) process-classes
	@build/nodes.sh down

cluster-images: ## Bring the images that `make images` built to its nodes.
	@build/nodes.sh import $(wildcard target/images/*.tar)

vm: ## Run the tests of containers on a kernel with cgroups of version 2, in a virtual machine. ONLY=ToolboxTest: one class.
	@build/vm.sh "$(ONLY)"

run: target/programs.stamp ## Start a cluster in one process, run the hello framework on it, stop.
	@build/run.sh

local: target/programs.stamp ## Start a cluster in one process and leave it running. PORT=5050, DIR=/some/dir: optional.
	@build/local.sh "$(PORT)" "$(DIR)"

cli: ## Build kubectl proffer; cli/README.md says how to install it.
	@$(MAVEN) $(QUIET) $(FAST) -pl cli -am package

images: ## Build the images of all programs into target/images; docs/images.md. ONLY=agent: one; AOT=1: they start faster.
	@$(MAVEN) $(QUIET) $(FAST) -pl operator,master/app,agent-daemonset/app,frameworks/hello,frameworks/load -am package
	@. build/toolchain.sh && ARCH="$(ARCH)" AOT="$(AOT)" "$$JAVA_HOME/bin/java" build/images/BuildImages.java $(ONLY)

bench: ## Run the benchmarks. ONLY=protocol: of one module, or launch; ARGS='-f 1': options of JMH.
	@build/bench.sh "$(ONLY)" $(ARGS)

generate: ## Write the files that are generated and committed.
	@. build/toolchain.sh && "$$JAVA_HOME/bin/java" build/ConfigurationReference.java
	@build/generate-crds.sh
	@build/generate-manifests.sh

verify: ## All that CI runs.
	@$(MAKE) test
	@$(MAKE) kubernetes
	@$(MAKE) it

# The programs that `run` and `local` start, built in a hurry: no tests, no style.
target/programs.stamp: $(SOURCES)
	@echo "building ..."
	@$(MAVEN) $(QUIET) $(FAST) -pl local,frameworks/hello -am package
	@mkdir -p target && touch $@
