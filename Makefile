# Everything starts from Python 3.11 and make. `make demo` to look, `make test` to be sure, `make check` while working.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
SOURCES := src tests tools bench
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/maillage/locale/*/LC_MESSAGES/*.po))

.DEFAULT_GOAL := help
.PHONY: help demo test check soak bench screenshots messages lock clean

help:  ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: .venv/.installed $(CATALOGUES)  ## load the demonstration programme, then serve it
	$(BIN)/maillage demo

test: .venv/.installed-dev $(CATALOGUES)  ## every check and every test, on SQLite and on PostgreSQL, with a browser
	$(MAKE) --no-print-directory static
	$(BIN)/python -m tools.run_tests

check: static  ## the fast loop: every static check, then the tests that need neither browser nor server
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not soak and not slow"

soak: .venv/.installed-dev $(CATALOGUES)  ## the long forms: fuzzing, load, many kills
	$(BIN)/python -m pytest -q -m soak

bench: .venv/.installed-dev $(CATALOGUES)  ## measure, and write the results under bench/
	@for measure in bench/*/__main__.py; do $(BIN)/python -m "bench.$$(basename "$$(dirname "$$measure")")" || exit 1; done

screenshots: .venv/.installed-dev $(CATALOGUES)  ## draw the main pages of the demonstration into docs/images
	$(BIN)/python -m tools.screenshots

messages: .venv/.installed-dev  ## read the messages of the source into the catalogues, list what is not translated
	PYTHONPATH=src $(BIN)/python -m tools.messages update

lock: .venv/.installed-dev  ## choose the versions of the dependencies anew
	tools/lock.sh $(BIN)/uv

clean:  ## remove what make made
	rm -rf .venv dist build $(CATALOGUES)

.PHONY: static
static: .venv/.installed-dev $(CATALOGUES)
	$(BIN)/ruff check -q $(wildcard $(SOURCES))
	$(BIN)/ruff format -q --check $(wildcard $(SOURCES))
	PYTHONPATH=src $(BIN)/lint-imports --no-cache > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }
	PYTHONPATH=src $(BIN)/mypy --no-error-summary
	$(BIN)/djlint --lint --quiet src/maillage/web/templates
	PYTHONPATH=src $(BIN)/python -m tools.messages check
	$(BIN)/python -m django makemigrations --check --dry-run --settings maillage.settings.test > /dev/null || \
		{ echo "A migration is missing: run $(BIN)/python -m django makemigrations --settings maillage.settings.base"; exit 1; }

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Maillage needs Python 3.11 or later. Name one: make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index -e .
	touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	touch $@

%.mo: %.po | .venv/.installed
	PYTHONPATH=src $(BIN)/python -m tools.messages compile
