# Needs Python 3.11 or newer, make, and the package registry that pip is set up with.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOPMENT := $(VENV)/.development
# Each process takes about 1 GB. Tests that share a browser or a large index stay together.
PROCESSES ?= 2
IN_PARALLEL := --numprocesses $(PROCESSES) --dist loadgroup --no-loadscope-reorder
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# Compiled modules are kept: else each process compiles all of them and all tests again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
# An environment that was only half made is made again.
.DELETE_ON_ERROR:
.PHONY: help app test quick check format build bench lock clean

help: ## Show what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 14

app: $(RUNTIME) ## Open the page at http://127.0.0.1:7860, building the index of data/ first
	@$(BIN)/python app.py

test: $(DEVELOPMENT) ## Run every test, and measure which lines they reach
	@$(BIN)/python -m pytest $(IN_PARALLEL) --cov --cov-report=term:skip-covered

quick: $(DEVELOPMENT) ## Run the tests that are quick: no browser, no compiling, no wheel
	@$(BIN)/python -m pytest $(IN_PARALLEL) -m "not slow and not browser"

check: $(DEVELOPMENT) ## Lint, formatting, types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEVELOPMENT) ## Put the code in form
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

build: $(DEVELOPMENT) ## Build the wheel and the source archive into dist/
	@rm -rf dist
	@$(BIN)/python -m build --no-isolation --outdir dist .

bench: $(DEVELOPMENT) ## Measure speed and memory
	@$(BIN)/python -m benchmarks

lock: $(DEVELOPMENT) ## Write the versions with their hashes, the licences and the bill of materials again
	@.ci/lock $(BIN)/python

clean: ## Remove the environment and everything that was made
	@rm -rf $(VENV) dist build *.egg-info .pytest_cache .coverage .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo 'Operative needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3.' >&2; exit 2; }
	@echo 'Creating the environment $(VENV)'
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): $(VENV)/pyvenv.cfg pyproject.toml constraints.txt
	@echo 'Installing Operative and what it needs (once; some minutes)'
	@$(PIP) --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME)
	@echo 'Installing what the tests need (once)'
	@$(PIP) --editable '.[dev,milvus]'
	@touch $@
