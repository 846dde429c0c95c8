# make serve: the chat and the API on http://127.0.0.1:7860 · make test: the tests · make check: style and types
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install serve test test-slow test-browser screenshots openapi chromium check eval bench bench-quick clean

install: .venv/installed

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

serve: install
	$(BIN)/rashomon serve --sample

test: install
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

test-slow: install
	$(BIN)/python -m pytest -m slow --numprocesses 2 --dist loadfile

test-browser: install chromium
	$(BIN)/python -m pytest -m browser

screenshots: install chromium
	$(BIN)/python -m tests.screenshots docs

openapi: install
	$(BIN)/python -m tests.openapi docs/rashomon.openapi.json

chromium:
	@test -x /usr/bin/chromium || { echo "Chromium is needed at /usr/bin/chromium; on Debian: apt-get install chromium"; exit 1; }

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: install
	$(BIN)/rashomon eval run eval/suites/sample.jsonl --gate

bench bench-quick: install
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m bench.run $(if $(filter bench-quick,$@),--quick)

clean:
	rm -rf .venv .bench build *.egg-info .mypy_cache .pytest_cache .ruff_cache
