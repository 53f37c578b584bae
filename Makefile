# Two commands for everybody: `make up` and `make test`. The rest is for those who develop.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help up test check lint types boundaries documents setup setup-dev lock migration bench clean

export PLANRAUM_DATA_DIR ?= $(CURDIR)/.planraum
export PLANRAUM_PORT ?= 8000
ifdef PG_BIN
export PG_BIN
endif

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := $(shell command -v uv 2>/dev/null)
BIN := .venv/bin
WORKERS ?= auto
NODE_MODULES := clients/typescript/node_modules/.package-lock.json

help: ## Show what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

up: setup ## Start everything with Jena and the Wartburgkreis on http://127.0.0.1:8000
	@$(BIN)/planraum up

test: setup-dev ## Run all tests (PG_BIN=/usr/lib/postgresql/15/bin: on that PostgreSQL)
	@$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(ARGS)

check: setup-dev lint types boundaries documents ## What CI runs: everything that must hold
	@$(MAKE) --no-print-directory test

lint: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup-dev
	@$(BIN)/mypy

boundaries: setup-dev
	@$(BIN)/lint-imports

documents: setup-dev
	@$(BIN)/planraum openapi --check

setup: .venv/.runtime
setup-dev: .venv/.development $(NODE_MODULES)

.venv/.runtime: requirements.lock pyproject.toml
	@$(call install,requirements.lock)
	@touch $@

.venv/.development: requirements-dev.lock pyproject.toml
	@$(call install,requirements-dev.lock)
	@touch $@ .venv/.runtime

$(NODE_MODULES): clients/typescript/package-lock.json .venv/.development
	@echo "Installing what the TypeScript client is made with ..."
	@$(BIN)/python -m tests.support.node
	@touch $@

# uv where it is installed, plain venv and pip where it is not; both check every hash.
define install
	if [ -z "$(PYTHON)" ]; then echo "Planraum needs Python 3.11 or newer."; exit 1; fi; \
	echo "Installing $(1) ..."; \
	if [ -n "$(UV)" ]; then \
		{ [ -x $(BIN)/python ] || uv venv --quiet --python $(PYTHON) .venv; } && \
		VIRTUAL_ENV=$(CURDIR)/.venv uv pip install --quiet --require-hashes -r $(1) && \
		VIRTUAL_ENV=$(CURDIR)/.venv uv pip install --quiet --no-deps --no-build-isolation -e .; \
	else \
		{ [ -x $(BIN)/pip ] || $(PYTHON) -m venv .venv; } && \
		$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1) && \
		$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
endef

lock: ## Renew both lock files (needs uv)
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --upgrade pyproject.toml -o requirements.lock
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

migration: setup-dev ## make migration SERVICE=boards MESSAGE="add quorum"
	@$(BIN)/python -m tests.support.revision $(SERVICE) "$(MESSAGE)"

bench: setup ## Print how fast reads are against the obvious way to write them
	@$(BIN)/planraum bench

clean: ## Remove what was installed; the data stay
	@rm -rf .venv clients/typescript/node_modules
