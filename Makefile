# Needs Python 3.10 or later, git, make and PyPI; everything else it fetches into .venv itself.
#
#   make demo      see it find the leaks of a small shop
#   make test      everything CI runs
#   make bench     how fast it is, in ratios; with COMPILED=1 the compiled build
#   make catalogue   is the catalogue true of the real libraries? with NEWEST=1 of their newest versions; takes minutes and 2 GB
#   make compiled  the same program, compiled with mypyc, in .venv-compiled; needs a C compiler
#   make clean     as if freshly cloned

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COMPILED_VENV := .venv-compiled
COMPILED_READY := $(COMPILED_VENV)/.ready
WHEELS := build/compiled
LIBRARIES := build/libraries

.DEFAULT_GOAL := help
.PHONY: always help demo test lint format types layers unit coverage bench catalogue compiled unit-compiled nox clean

help:
	@sed -n 's/^#   //p' Makefile

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "discreet needs Python 3.10 or later; say which: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "this Python has no venv module; on Debian: apt install python3-venv"; exit 1; }

$(READY): pyproject.toml | $(VENV)/bin/python
	@echo "installing discreet and its tools into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The shop leaks, so check exits with 1; that is what the demo is to show, and no failure of the demo.
demo: $(READY)
	@$(BIN)/discreet check fixtures/shop --isolated --output-format full --statistics; \
		status=$$?; [ $$status -eq 0 ] || [ $$status -eq 1 ]

test: lint types layers unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(READY)
	$(BIN)/mypy --strict src

layers: $(READY)
	$(BIN)/lint-imports

unit: $(READY)
	$(BIN)/pytest -n auto --dist worksteal

coverage: $(READY)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n auto --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

ifdef COMPILED
bench: $(COMPILED_READY)
	$(COMPILED_VENV)/bin/python -m bench $(BENCH)
else
bench: $(READY)
	$(BIN)/python -m bench $(BENCH)
endif

# Each as it is on PyPI, without what it depends on, and none is ever run: python -m reality reads them.
catalogue: $(READY) $(LIBRARIES)/.ready
	$(BIN)/python -m reality $(LIBRARIES)/newest --older $(LIBRARIES)/older $(REALITY)

$(LIBRARIES)/.ready: reality/libraries.txt reality/older.txt $(if $(NEWEST),always) | $(READY)
	@rm -rf $(LIBRARIES)
	@mkdir -p $(LIBRARIES)
	@echo "getting the libraries that the catalogue speaks of: some minutes ..."
	@$(if $(NEWEST),sed 's/==.*//',cat) reality/libraries.txt > $(LIBRARIES)/wanted.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
		--target $(LIBRARIES)/newest --requirement $(LIBRARIES)/wanted.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile \
		--target $(LIBRARIES)/older --requirement reality/older.txt
	@touch $@

always:

# By way of the source distribution: mypyc writes beside what it compiles, and what it writes is preferred to the source.
compiled: $(COMPILED_READY)

$(COMPILED_READY): pyproject.toml hatch_build.py compiled.h $(shell find src -name '*.py' -o -name '*.toml') | $(VENV)/bin/python
	@$(PYTHON) -m venv $(COMPILED_VENV)
	@rm -rf $(WHEELS)
	@echo "compiling discreet: two or three minutes ..."
	@$(COMPILED_VENV)/bin/python -m pip install --quiet --disable-pip-version-check build
	HATCH_BUILD_HOOKS_ENABLE=1 $(COMPILED_VENV)/bin/python -m build --outdir $(WHEELS)
	@$(COMPILED_VENV)/bin/python -m pip install --quiet --disable-pip-version-check "$$(echo $(WHEELS)/*.whl)[dev]"
	@$(COMPILED_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --force-reinstall --no-deps $(WHEELS)/*.whl
	@touch $@

unit-compiled: $(COMPILED_READY)
	$(COMPILED_VENV)/bin/pytest -n auto --dist worksteal

nox: $(READY)
	$(BIN)/nox

clean:
	rm -rf $(VENV) $(COMPILED_VENV) .nox dist build htmlcov .coverage .coverage.* .discreet_cache
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
