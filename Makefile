# One verb a task, the same for a person and for CI. Needs make, git and python3 >= 3.11; the rest comes by itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
BIN := .venv/bin
UV := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip
INSTALL_SELF := $(UV) install -q --no-deps --no-build-isolation -e .
say = @printf '\033[36m▸ %s\033[0m\n'
# Without compiled modules every process would compile everything again: four times slower.
unexport PYTHONDONTWRITEBYTECODE VIRTUAL_ENV

.PHONY: help setup clean lock
help:  ## list the verbs
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# ── the environment ────────────────────────────────────────────────────────────────────────────────────────────────

$(BIN)/uv: requirements/uv.txt
	$(say) "a virtual environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "OpenBalint needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-venv >/dev/null && $(PYTHON) -m venv .venv; \
	  else echo "python3 has no venv module here. Please run: sudo apt install python3-venv" >&2; exit 1; fi; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

# What runs and builds OpenBalint; leaves a developer's tools where they are.
.venv/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/uv
	$(say) "what OpenBalint runs on (a few seconds)"
	@$(UV) install -q --require-hashes -r requirements/runtime.txt
	@$(INSTALL_SELF)
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | $(BIN)/uv
	$(say) "the developer's tools (up to a minute the first time)"
	@$(UV) sync -q --require-hashes requirements/dev.txt
	@$(INSTALL_SELF)
	@touch .venv/.runtime $@

setup: .venv/.dev  ## make .venv with everything that building and testing needs

COMPILE := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate
lock: $(BIN)/uv  ## pin again what pyproject.toml and frontend/package.json ask for (UPGRADE=--upgrade for the newest)
	$(COMPILE) $(UPGRADE) --all-extras --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) --extra postgres --extra valkey --group build -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt
	echo uv | $(COMPILE) -c requirements/dev.txt - -o requirements/uv.txt

clean:  ## remove everything that make made
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
