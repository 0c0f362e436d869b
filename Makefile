# Everything one types. `make help` says what there is; docs/how-to/ says more.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV_PYTHON := .venv/bin/python
PORT ?= 8000
DEMO ?= 1
ARGS ?=
export PORT DEMO
unexport PYTHONDONTWRITEBYTECODE # else every process compiles everything anew: half a minute of a test run

.DEFAULT_GOAL := help
.PHONY: help run dev test lint bench docs texts lock setup-run setup-dev

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 8 | sed 's/^/make /'

run: setup-run ## set up and start the product at http://127.0.0.1:8000 (PORT=…; DEMO=0 starts empty; Ctrl-C stops)
	@exec $(VENV_PYTHON) -m config.supervisor run

dev: setup-dev ## the same with auto-reload and readable errors
	@exec $(VENV_PYTHON) -m config.supervisor dev

test: setup-dev ## set up and run every test (ARGS="tests/people -x" runs some)
	@exec $(VENV_PYTHON) -m pytest -n 2 --dist worksteal $(ARGS)

lint: setup-dev ## style, dependency line, types, missing migrations
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	.venv/bin/lint-imports
	$(VENV_PYTHON) -m mypy
	$(VENV_PYTHON) manage.py makemigrations --check --dry-run

bench: setup-dev ## measure against the floors of DESIGN, one line a figure
	@exec $(VENV_PYTHON) -m bench $(ARGS)

docs: setup-dev ## make the pictures and the generated pages of docs/ again
	$(VENV_PYTHON) manage.py render_reference
	WRITE_SCREENSHOTS=1 $(VENV_PYTHON) -m pytest tests/e2e/test_docs_screenshots.py

texts: setup-dev ## collect the interface texts into locale/ and compile them
	$(VENV_PYTHON) manage.py texts
	$(VENV_PYTHON) manage.py texts --compile

lock: setup-dev ## pin the packages of pyproject.toml with their hashes
	$(PYTHON) scripts/lock.py

setup-run:
	@$(if $(PYTHON),exec $(PYTHON) scripts/setup.py run,echo "chuan: Python 3.11 or newer is needed; please type: sudo apt-get install --yes python3 python3-venv"; exit 1)

setup-dev:
	@$(if $(PYTHON),exec $(PYTHON) scripts/setup.py dev,echo "chuan: Python 3.11 or newer is needed; please type: sudo apt-get install --yes python3 python3-venv"; exit 1)
