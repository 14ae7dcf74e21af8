# make warehouse   install what is pinned into .venv and bring warehouse/ up to date with seeds/articles
# make warehouse LANDING=dir WAREHOUSE=dir   the same for other folders
# make ask   list the questions; make ask Q=17 answers one, as does Q="what_was_told('Biden', 'Putin')" ROWS=50
# make test | check | ui | benchmark

PYTHON ?= python3
LANDING ?= seeds/articles
WAREHOUSE ?= warehouse

export DAGSTER_HOME := $(CURDIR)
export WHOSAID_LANDING = $(LANDING)
export WHOSAID_WAREHOUSE = $(WAREHOUSE)

.PHONY: warehouse ask test check ui benchmark clean

warehouse: .venv/installed
	.venv/bin/python -m pipelines

ask: .venv/installed
	@.venv/bin/python -m pipelines.ask $(if $(Q),"$(Q)") $(if $(WHERE),--where "$(WHERE)") $(if $(ROWS),--rows $(ROWS))

test: .venv/installed
	.venv/bin/python -m pytest

check: .venv/installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/dg check defs

ui: .venv/installed
	.venv/bin/dg dev --host 127.0.0.1

benchmark: .venv/installed
	.venv/bin/python -m pipelines.benchmark
	.venv/bin/python -m pipelines.benchmark_comparison
	.venv/bin/python -m pipelines.benchmark_marts

clean:
	rm -rf .venv .dagster warehouse/lake warehouse/versions warehouse/build warehouse/news.duckdb

.venv/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@
