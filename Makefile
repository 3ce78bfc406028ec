# Every task of the project. Assumed: make and python3 (3.11 or newer) with venv and pip.
# What is installed is pinned with hashes in requirements/ and lives in .venv.

PYTHON ?= python3
PORT ?= 8080
FUZZ_S ?= 600
FAULTS ?= 50
ROUNDS ?= 5

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

# program:package, the Debian packages that the tests and the bench start.
TEST_TOOLS := irssi:irssi tmux:tmux nc:netcat-openbsd faketime:faketime \
  chromium:chromium node:nodejs npm:npm
BENCH_TOOLS := cc:build-essential ngircd:ngircd inspircd:inspircd

.PHONY: help serve test unit fuzz chaos bench record docs pin clean test-tools bench-tools
.DELETE_ON_ERROR:

help:
	@echo 'make serve   start the server on 127.0.0.1:$(PORT) (PORT=... for another port)'
	@echo 'make test    every check and every test'
	@echo 'make unit    the quick tests alone'
	@echo 'make fuzz    look for lines that break something, for FUZZ_S=$(FUZZ_S) seconds'
	@echo 'make chaos   hurt the server FAULTS=$(FAULTS) times in each way; all promises must hold'
	@echo 'make bench   measure, beside ngircd, in some minutes'
	@echo 'make record  take the whole speed record in ROUNDS=$(ROUNDS) rounds: bench/RESULTS.md'
	@echo 'make docs    write the reference pages and pictures anew, from tables and tests'
	@echo 'make pin     write requirements/*.txt anew (UPGRADE=--upgrade for newer versions)'
	@echo 'make clean   remove everything that these made'

serve: $(VENV)/installed
	@exec $(BIN)/rookery serve --host 127.0.0.1 --port $(PORT)

test: $(VENV)/installed-dev test-tools $(VENV)/installed-web
	@printf '\n== ruff check\n'
	@$(BIN)/ruff check
	@printf '\n== ruff format\n'
	@$(BIN)/ruff format --check
	@printf '\n== mypy\n'
	@$(BIN)/mypy
	@printf '\n== import-linter\n'
	@$(BIN)/lint-imports --no-logo
	@printf '\n== pytest\n'
	@$(BIN)/python -m pytest

unit: $(VENV)/installed-dev
	@$(BIN)/python -m pytest $(wildcard tests/unit tests/properties tests/test_architecture.py)

fuzz: $(VENV)/installed-dev
	@ROOKERY_FUZZ_S=$(FUZZ_S) $(BIN)/python -m pytest tests/fuzz -o faulthandler_timeout=0

# A test of 50 faults may take longer than any test of `make test`.
chaos: $(VENV)/installed-dev test-tools
	@ROOKERY_CHAOS=$(FAULTS) $(BIN)/python -m pytest tests/chaos tests/store/test_power_cut.py \
	  -o faulthandler_timeout=1800

bench: $(VENV)/installed bench-tools
	@$(BIN)/python bench/run.py

record: $(VENV)/installed bench-tools
	@$(BIN)/python bench/record.py --rounds $(ROUNDS)

docs: $(VENV)/installed
	@$(BIN)/python scripts/reference.py
	@$(BIN)/python scripts/tui_pictures.py

# --- set-up ---------------------------------------------------------------------------------

# Each stamp is newer than what it was made from, so that a second `make serve` starts at once.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Rookery needs Python 3.11 or newer, which $(PYTHON) is not.' \
	    'Name another: make serve PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; \
	  exit 1; }
	@echo 'Making $(VENV) (once)'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made requirements/runtime.txt requirements/build.txt pyproject.toml
	@echo 'Installing Rookery into $(VENV) (once)'
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements/dev.txt
	@echo 'Installing the checks and tests into $(VENV) (once)'
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# What checks the page: pinned by version and hash in tests/web/package-lock.json.
$(VENV)/installed-web: tests/web/package.json tests/web/package-lock.json | test-tools
	@echo 'Installing the checks of the page into tests/web/node_modules (once)'
	@cd tests/web && npm ci --silent
	@touch $@

test-tools: TOOLS = $(TEST_TOOLS)
bench-tools: TOOLS = $(BENCH_TOOLS)
test-tools bench-tools: $(VENV)/made
	@PATH="$$PATH:/usr/sbin:/sbin"; missing=; \
	for tool in $(TOOLS); do \
	  command -v "$${tool%%:*}" >/dev/null || missing="$$missing $${tool#*:}"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "Missing Debian packages:$$missing. Install them: sudo apt-get install$$missing" >&2; exit 1; \
	fi; \
	echo "Installing Debian packages:$$missing"; \
	{ apt-get update; \
	  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $$missing; \
	} >$(VENV)/apt.log 2>&1 </dev/null || { \
	  cat $(VENV)/apt.log >&2; \
	  echo "These Debian packages could not be installed:$$missing (the log is above)." >&2; exit 1; }

# --- upkeep ---------------------------------------------------------------------------------

# With the oldest Python supported, whose dependencies include every other's. See CONTRIBUTING.md.
pin:
	@$(PYTHON) -m venv build/pin
	@build/pin/bin/python -m pip -qq --disable-pip-version-check install pip-tools
	@cd requirements && for name in runtime build dev; do \
	  echo "requirements/$$name.txt"; \
	  CUSTOM_COMPILE_COMMAND='make pin' ../build/pin/bin/pip-compile --quiet $(UPGRADE) \
	    --generate-hashes --strip-extras --allow-unsafe --no-emit-options \
	    --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	    --output-file "$$name.txt" "$$name.in" || exit 1; \
	done

clean:
	@rm -rf $(VENV) build dist bench/.build tests/web/node_modules \
	  .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find src tests bench docs scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
