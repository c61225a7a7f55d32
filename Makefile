# Each target is one or two lines; the work is in the programs they call. Only Python 3.11 and make are needed beforehand.
PYTHON ?= python3
BIN := .venv/bin
export ITHACA_MODE ?= development

run: .venv/ready          ## the product with its demo world on http://127.0.0.1:8000
	$(BIN)/ithaca demo --once && $(BIN)/ithaca run

test: .venv/ready         ## all tests, on SQLite and on PostgreSQL
	$(BIN)/python -m tests.suite

check: .venv/ready        ## format, lint, types, import contracts, house tests
	$(BIN)/python -m tests.checks

bench: .venv/ready        ## measure: ratios against peers and limits
	$(BIN)/python -m bench

lock: .venv/ready         ## renew requirements/*.txt (versions and hashes, no addresses)
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements/run.txt
	$(BIN)/uv pip compile -q pyproject.toml --extra meaning --group dev --generate-hashes --no-emit-index-url --no-header --no-annotate -c requirements/run.txt -o requirements/dev.txt

.venv/ready: requirements/dev.txt pyproject.toml frontend/package-lock.json
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install -q uv
	$(BIN)/uv pip install -q -r requirements/dev.txt && $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	touch .venv/ready

.PHONY: run test check bench lock reference

reference: .venv/ready    ## renew docs/reference from the code
	$(BIN)/python manage.py shell -v0 -c "from ithaca.config import reference; reference.write()"
