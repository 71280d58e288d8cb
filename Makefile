# make run    serve the page            (HOST=127.0.0.1 PORT=8050; PYTHON= picks the interpreter,
#                                        REQUIREMENTS=requirements.lock the releases of that file)
# make test   lint, types, every test   (ARGS= goes to pytest, as in ARGS="-k forward -x")
# make lint   ruff, mypy and tsc only
# make bench  the tables of benchmarks/ (PARTS="passes hall" picks some; RECORD=benchmarks/results keeps them)

.PHONY: run test lint style types types-of-scripts bench test-environment

REQUIREMENTS = requirements.txt

run:
	@sh scripts/environment.sh $(REQUIREMENTS)
	@.venv/bin/python -m components.delivery.basic_plotly
	@exec .venv/bin/python serve.py

test: lint
	@sh scripts/browser.sh
	@exec .venv/bin/python -m pytest -n auto --dist worksteal $(ARGS)

lint: test-environment
	@$(MAKE) --no-print-directory --jobs=3 style types types-of-scripts

style:
	@.venv/bin/python -m ruff check --quiet .

types:
	@.venv/bin/python -m mypy

types-of-scripts:
	@sh scripts/types.sh

bench: test-environment
	@sh scripts/browser.sh
	@exec .venv/bin/python -m benchmarks $(PARTS) $(if $(RECORD),--record $(RECORD))

test-environment:
	@sh scripts/environment.sh requirements.txt tests/requirements.txt
	@.venv/bin/python -m components.delivery.basic_plotly
