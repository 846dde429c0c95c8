# make serve: the chat and the API on http://127.0.0.1:7860 · make test: the tests · make check: style and types
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install serve test test-slow check eval clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

serve: install
	$(BIN)/rashomon serve --sample

test: install
	$(BIN)/python -m pytest

test-slow: install
	$(BIN)/python -m pytest -m slow

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: install
	$(BIN)/rashomon eval run eval/suites/sample.jsonl --gate

clean:
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache
