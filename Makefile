# What anyone needs to do with this project, on a Debian machine that has git, make and Python 3.11 or newer.
# As root the missing system packages are installed; otherwise they are named, and the rest goes on.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup demo study test test-offline test-existing test-browser test-vm check bench release prove clean

PYTHON ?= python3
# containerd … iproute2, e2fsprogs, kmod: the cluster's node. bubblewrap, util-linux: the sandbox. mmdebstrap: container images.
PACKAGES := containerd runc containernetworking-plugins iptables ipset conntrack iproute2 \
            bubblewrap util-linux mmdebstrap e2fsprogs kmod python3-venv
# An emulated machine, its firmware and its disk.
VM_PACKAGES := qemu-system-x86 seabios e2fsprogs mmdebstrap
BIN := .venv/bin
BROWSER_TEST := tests/study/test_a_lab_in_the_browser.py
# Files of tests that run at once, each beside a cluster of its own: most of a test is waiting for one. 0: one after another.
JOBS ?= 3
# nbgrader runs programs of the environment (alembic) by their bare names.
export PATH := $(CURDIR)/$(BIN):$(PATH)
PYTEST = $(BIN)/pytest --numprocesses=$(JOBS) --no-loadscope-reorder --durations=10
LABS = $(notdir $(wildcard source/lab*))

# Installs packages as root, else names them; leaves in `missing` those that are still not there.
define install
missing=()
for package in $(1); do
    status=$$(dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null || true)
    [ "$$status" = installed ] || missing+=("$$package")
done
if [ $${#missing[@]} -gt 0 ]; then
    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "setup: apt-get install $${missing[*]}"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "$${missing[@]}" >/dev/null
        missing=()
    else
        echo "setup: not root, so these are left for you to install: $${missing[*]}"
    fi
fi
endef

# Installs a browser for the tests that open a page, where neither Playwright nor the machine has one.
define find_browser
if ! $(BIN)/python -m tests.study.chromium; then
    $(call install,chromium)
    if [ $${#missing[@]} -gt 0 ]; then echo "setup: without it tests/study/test_jupyterlab.py and $(BROWSER_TEST) skip"; fi
fi
endef

help:  ## Say what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: .venv/.ready  ## Install what is missing: system packages (as root), .venv

.venv/.ready: pyproject.toml Makefile
	@$(call install,$(PACKAGES))
	if [ $${#missing[@]} -gt 0 ]; then
	    echo "setup: without them the cluster has no node, and labs that start Pods cannot be graded"
	fi
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	    echo "setup: Python 3.11 or newer is needed, found $$($(PYTHON) --version); name another with PYTHON=…" >&2; exit 1; }
	[ -x $(BIN)/python ] || { echo "setup: $(PYTHON) -m venv .venv"; $(PYTHON) -m venv .venv; }
	if command -v go >/dev/null; then
	    # The longest build of all needs Go and rich alone: it runs while pip fetches the rest.
	    $(BIN)/pip install --quiet --disable-pip-version-check rich
	    $(BIN)/python -c "from autograder.cluster.building import build_in_background as build; build(['kube'])"
	fi
	echo "setup: pip install -e .[dev], which takes a minute or several"
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@
	echo "setup: ready"

demo: setup  ## Start the cluster, grade sample submissions, write a report
	@$(BIN)/autograder demo

study: setup  ## Learn alone: open a lab (LAB=…) in JupyterLab, in a workspace of your own
	@$(BIN)/autograder study $(LAB) $(ARGS)

test: setup  ## Run every test, those on a live cluster included
	@$(find_browser)
	$(BIN)/autograder cluster build
	$(PYTEST) $(ARGS)

test-offline: setup  ## Run every test with all network cut off but loopback and the clusters' own (as root)
	@$(find_browser)
	$(BIN)/autograder cluster build
	$(BIN)/python -m tests.offline $(PYTEST) $(ARGS)

test-existing: setup  ## Grade every lab on a cluster taken for somebody else's, with the least rights that will do
	@$(BIN)/autograder cluster build
	AUTOGRADER_EVERY_LAB=1 $(BIN)/pytest tests/grading/test_existing_cluster.py --durations=10 $(ARGS)

test-browser: setup  ## Play four labs in JupyterLab's page, from the first cell to the report; pictures in screenshots/
	@$(find_browser)
	$(BIN)/autograder cluster build
	export AUTOGRADER_BROWSER_LABS=all AUTOGRADER_SCREENSHOTS="$${AUTOGRADER_SCREENSHOTS:-screenshots}"
	$(BIN)/pytest --durations=0 $(BROWSER_TEST) $(ARGS)

test-vm: setup  ## Boot a stock Debian 12 in qemu and try it there: before anything that touches cluster/ or execute/
	@$(call install,$(VM_PACKAGES))
	[ $${#missing[@]} = 0 ] || exit 1
	$(BIN)/autograder cluster build
	$(BIN)/python -m tests.vm $(ARGS)

check: setup  ## Lint, formatting, types, layers, notebook hygiene: what CI runs beside the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/labs -m 'not live'

prove: setup  ## Prove the graders right: every known answer, on the live cluster
	@$(BIN)/autograder prove $(ARGS)

bench: setup  ## Measure cluster start, submissions per minute, and where the time goes
	@$(BIN)/python -m tests.bench $(ARGS)

release: setup  ## Generate release/ from source/: the students' notebooks
	@for lab in $(LABS); do
	    echo "release: $$lab"
	    $(BIN)/nbgrader generate_assignment "$$lab" --create --force --log-level=WARN
	done

clean:  ## Undo it all but a learner's own work: clusters, generated folders, caches, .venv
	@if [ -x $(BIN)/autograder ]; then $(BIN)/autograder cluster down --all --purge; fi
	rm -rf submitted autograded feedback evidence exchange gradebook.db* .nbgrader.log demo dist .proof
	rm -rf study/.ours
	if [ -d study ] && ! rmdir study 2>/dev/null; then echo "clean: left, since it is your own work: $(CURDIR)/study"; fi
	rm -rf screenshots .pytest_cache .mypy_cache .ruff_cache .import_linter_cache *.egg-info
	find autograder tests course -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -rf .venv /run/autograder
