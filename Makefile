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

.PHONY: help setup demo run fix check test e2e livekit types i18n docs screenshots bench lock clean
help:  ## list the verbs
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# ── the environment ────────────────────────────────────────────────────────────────────────────────────────────────

$(BIN)/uv: requirements/uv.txt
	$(say) "a virtual environment in .venv"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "OpenBalint needs Python 3.11 or newer; name one with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
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

# ── what is built from the source ──────────────────────────────────────────────────────────────────────────────────────

BUNDLE := src/openbalint/web/static/build/room.js
BUNDLED := $(shell find frontend/src src/openbalint/web/static/openbalint -name '*.ts' -o -name '*.css' -o -name '*.svg' 2>/dev/null)
PO := $(wildcard src/openbalint/locale/*/LC_MESSAGES/django.po)
BUILT := $(BUNDLE) $(PO:.po=.mo)

frontend/node_modules/.package-lock.json: frontend/package-lock.json | .venv/.runtime
	$(say) "the front end's packages"
	@$(BIN)/python -c 'import hatch_build; hatch_build.npm("ci", "--ignore-scripts")'
	@touch $@

$(BUNDLE): $(BUNDLED) frontend/build.mjs frontend/node_modules/.package-lock.json
	$(say) "the browser's bundle"
	@$(BIN)/python -c 'import hatch_build; hatch_build.npm("run", "--silent", "build")'
	@touch $@

%.mo: %.po | .venv/.runtime
	@$(BIN)/python -c 'import hatch_build; hatch_build.compile_catalogues()'
	@touch $@

# ── verbs ────────────────────────────────────────────────────────────────────────────────────────────────────────────

setup: .venv/.dev $(BUILT)  ## make all that building and testing needs (.venv, front end, catalogues)

demo: .venv/.runtime $(BUILT)  ## show OpenBalint with invented people (ARGS="--port 8001")
	@$(BIN)/openbalint demo $(ARGS)

run: .venv/.runtime $(BUILT)  ## serve OpenBalint from this checkout (ARGS="--port 8001")
	@$(BIN)/openbalint serve $(ARGS)

fix: setup  ## mend what the tools can mend by themselves
	$(BIN)/ruff check --quiet --fix-only . && $(BIN)/ruff format .
	-$(BIN)/djlint --quiet --reformat src/openbalint/web/templates
	@$(BIN)/python -c 'import hatch_build; hatch_build.npm("run", "--silent", "fix")'

check: setup  ## format, lint, types, import order, spelling, generated files
	@$(BIN)/python tools/run_tests.py check

test: setup  ## every check and every test, on SQLite and PostgreSQL and in the browser
	$(say) "what the tests need beside PyPI"
	@$(BIN)/python tools/system_deps.py
	@$(BIN)/python tools/livekit.py --if-possible
	@$(BIN)/python tools/run_tests.py test

e2e: setup  ## the journeys in the browser alone (ARGS="-k demo --headed")
	@$(BIN)/python tools/system_deps.py
	@$(BIN)/python -m pytest tests/e2e -p no:asyncio $(ARGS)

livekit: setup  ## build the media server for this machine (needs Go 1.26; minutes, once)
	@$(BIN)/python tools/livekit.py

types: setup  ## write the wire's TypeScript from the protocol
	@$(BIN)/python tools/wire_types.py

docs: setup  ## draw the protocol's diagram from its table
	@$(BIN)/python tools/state_diagram.py

i18n: setup  ## find every text again, keep the translations, forget what is gone
	@$(BIN)/python tools/catalogue.py prune

screenshots: setup  ## take the pictures of the documentation
	@$(BIN)/python tools/system_deps.py
	@$(BIN)/python tools/screenshots.py $(ARGS)

bench: setup  ## measure; the figures are committed, no test depends on them
	@$(BIN)/python -m benchmarks $(ARGS)

COMPILE := UV_PYTHON_DOWNLOADS=never $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate
lock: $(BIN)/uv  ## pin again what pyproject.toml and frontend/package.json ask for (UPGRADE=--upgrade for the newest)
	$(COMPILE) $(UPGRADE) --all-extras --group dev pyproject.toml -o requirements/dev.txt
	$(COMPILE) --extra postgres --extra valkey --extra sound --group build -c requirements/dev.txt pyproject.toml -o requirements/runtime.txt
	echo uv | $(COMPILE) -c requirements/dev.txt - -o requirements/uv.txt
	@$(BIN)/python -c 'import hatch_build; hatch_build.npm("install", "--package-lock-only", "--ignore-scripts")'

clean:  ## remove everything that make made
	rm -rf .venv .make .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist test-results
	rm -rf frontend/node_modules src/openbalint/web/static/build
	find src -name '*.mo' -delete
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
