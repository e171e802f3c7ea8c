# Two commands matter: `make serve` and `make test`. Both set everything up and may be run again at any time.
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8866
SETUP := sh .ci/setup

.PHONY: serve test lab lint bench check lock clean help

help:  ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

serve:  ## set up and serve the lessons on this computer
	@$(SETUP) serve $(VENV)
	@$(BIN)/bonemets-teach serve --port $(PORT)

lab:  ## set up and open the lessons in JupyterLab
	@$(SETUP) dev $(VENV)
	@$(BIN)/bonemets-teach lab

test:  ## set up and run every test: lint, types, imports, content, unit, reference, notebooks, browser
	@$(SETUP) test $(VENV)
	@$(MAKE) --no-print-directory lint SETUP=:
	@$(BIN)/bonemets-teach check
	@$(BIN)/python -Im pytest -n 2 --dist loadfile --ignore=tests/browser --ignore=tests/notebooks $(PYTEST_ARGS) tests
	@$(BIN)/python -Im pytest -n 2 --dist loadfile --nbval-lax $(PYTEST_ARGS) tests/browser tests/notebooks notebooks

lint:  ## style, types, import layers, clean notebooks
	@$(SETUP) dev $(VENV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/nbstripout --verify --keep-id --keep-count --extra-keys "metadata.language_info.version" notebooks/*.ipynb

bench:  ## measure speed and memory, each beside its baseline
	@$(SETUP) test $(VENV)
	@$(BIN)/python -m tests.bench

check:  ## lint the lessons, quizzes and evidence
	@$(SETUP) serve $(VENV)
	@$(BIN)/bonemets-teach check

lock:  ## pin every dependency anew, with hashes
	@$(SETUP) dev $(VENV)
	@sh .ci/lock $(VENV)

clean:  ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
