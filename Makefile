# Two commands do everything on a fresh Debian machine with Swift 6.3 or newer:
#   make reproduce   installs what is missing, builds for this machine and runs the main job
#   make test        installs what is missing and runs the tests
# One more:
#   make check       has any accuracy number moved? (reference-data/baselines)
SHELL := /bin/bash
.DELETE_ON_ERROR:

PROFILE ?= quick
OUTPUT ?= output
# More options for the main job, as: make reproduce ARGS="--seed 7 --model my-model.dp"
ARGS ?=

PACKAGES := libgsl-dev libopenblas-dev libhdf5-dev libsqlite3-dev gnuplot-nox fonts-liberation pkg-config make
BINARY := .build/release/lgps-bench

# Cases of the test on a real cluster; empty is all of them.
SLURM_CASES ?=
# Minutes of damaged files for each kind of file.
MINUTES ?= 10

.PHONY: help reproduce build check test test-all slurm-test fuzz lint setup clean

help:
	@sed -n 's/^#   //p' Makefile

# Called again it goes on where it stopped; what is done is not repeated.
reproduce: build
	$(BINARY) all --profile $(PROFILE) --output $(OUTPUT) $(ARGS)

build: setup
	LGPS_MARCH=native swift build -c release --product lgps-bench

check: build
	$(BINARY) check

test: setup
	swift test

# With CP2K the tests of the labelling run it for real, with Chromium those of the report's page open it.
test-all: PACKAGES += cp2k chromium
test-all: test

# The Slurm engine on a cluster of one node, which is started and stopped here.
slurm-test: PACKAGES += slurm-wlm munge jq procps
slurm-test: build
	Tests/slurm/test.sh $(SLURM_CASES)

# Damaged files for every reader, for MINUTES each; what is not taken well is kept in .build/debug/mutants.
fuzz: setup
	LGPS_FUZZ_MINUTES=$(MINUTES) swift test --filter MutationTests

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

# apt-get is called only when a package is missing, so that later runs need neither root nor network.
setup:
	@missing=(); for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing+=($$package); \
	done; \
	if (( $${#missing[@]} )); then \
	    command -v apt-get >/dev/null || { echo "install the equivalents of: $${missing[*]}" >&2; exit 3; }; \
	    sudo=; if (( EUID )); then sudo=sudo; fi; \
	    echo "installing $${missing[*]}"; \
	    $$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends $${missing[*]}; \
	fi

clean:
	rm -rf .build $(OUTPUT)
