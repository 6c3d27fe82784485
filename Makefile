# Each target sets up what it needs in .venv; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PACKAGES := app bot campaign forms reports sandbox scheduler scoring words tests

.DEFAULT_GOAL := help
.PHONY: help demo play test check fmt bench clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

demo: $(VENV)/ready ## play a whole campaign in the sandbox, in a minute
	@$(BIN)/xephang demo

play: $(VENV)/ready ## serve the sandbox to act in, with the bot running
	@$(BIN)/xephang play

test: $(VENV)/ready-dev ## run the tests
	@$(BIN)/pytest -q -n auto --dist worksteal

check: $(VENV)/ready-dev ## format, lint, types, import contracts
	@$(BIN)/ruff format --check $(PACKAGES)
	@$(BIN)/ruff check $(PACKAGES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fmt: $(VENV)/ready-dev ## put the code into the one format
	@$(BIN)/ruff format $(PACKAGES)
	@$(BIN)/ruff check --fix $(PACKAGES)

bench: $(VENV)/ready-dev ## measure a whole country: its ranking beside LibreOffice, its forms within Google's quotas
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.forms

clean: ## forget .venv and what the tools left behind
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis *.egg-info build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed: install python3.11, or name another with 'make PYTHON=/path/to/python3 ...'."; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv is missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/ready: $(VENV)/bin/python pyproject.toml
	@echo "Installing what Xephang needs into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . || \
	  { echo "The libraries could not be installed: a package registry must be reachable (pip says above what is missing)."; exit 1; }
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	@echo "Installing the tools for tests and checks into $(VENV) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]' || \
	  { echo "The tools could not be installed: a package registry must be reachable (pip says above what is missing)."; exit 1; }
	@touch $@
