# make run   sets up, then opens the window on a demo project (without a screen: writes its files and pictures)
# make test  sets up, then runs every check and test
# Both need only Python 3.11 or later. Another Python: make run PYTHON=python3.12

PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check
# Two workers, each with whole files: fixtures that start models are made once for a file.
SIDE_BY_SIDE = -n 2 --dist loadfile -m "not alone"
PYTEST_ARGS =

run: $(VENV)/run.stamp
	$(BIN)/python -m annotator demo

test: lint pytest

lint: $(VENV)/dev.stamp
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

pytest: $(VENV)/dev.stamp
	$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(PYTEST_ARGS)
	$(BIN)/python -m pytest -m alone $(PYTEST_ARGS)

# The same tests with ten times as many kills, power cuts, mutations and random texts.
torture: $(VENV)/dev.stamp
	ANNOTATOR_TORTURE=10 $(BIN)/python -m pytest $(SIDE_BY_SIDE) $(PYTEST_ARGS)

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks

# How good suggestions are. Data that is not in the repository: POLNEAR=.../data/dev CROSSNER=.../politics/dev.txt
bench-suggest: $(VENV)/dev.stamp
	ANNOTATOR_BENCH_POLNEAR=$(POLNEAR) ANNOTATOR_BENCH_CROSSNER=$(CROSSNER) ANNOTATOR_BENCH_PAIRS=$(PAIRS) $(BIN)/python -m benchmarks.suggest_quality

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find annotator tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps say what the environment holds, so that nothing is installed twice.
$(VENV)/made.stamp:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Annotator needs Python 3.11 or later, and this is " + sys.version.split()[0] + ". Name another one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/made.stamp pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e ".[dev]"
	touch $(VENV)/run.stamp $@

.PHONY: run test lint pytest torture bench bench-suggest clean
