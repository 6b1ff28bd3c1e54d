# make run   opens the window on demo tissue, with a heatmap; sets up .venv first
# make test  checks and tests everything; sets up .venv first

SHELL := /bin/bash
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	2>/dev/null && { echo $$name; break; }; done)
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: run test check unit window slow fuzz audit translations clean

run: $(INSTALLED)
	$(BIN)/bcviewer --demo

test: check unit window

check: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Side by side, a file in one process: most of the time goes into trainings on a core each. A process
# that dies ends it with the name of its test: with another one in its place it may wait for ever.
# A test that hangs below Python, where its own time limit is not heard, ends its process so, too.
unit: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --max-worker-restart 0 \
		-o faulthandler_timeout=400 -o faulthandler_exit_on_timeout=true

# The user stories in a real window need a display; under Linux Xvfb is one (Debian: xvfb).
window: $(INSTALLED)
	@if [ "$$(uname)" != Linux ]; then \
		BCVIEWER_TEST_DISPLAY=1 $(BIN)/python -m pytest -m window; \
	elif command -v xvfb-run >/dev/null; then \
		BCVIEWER_TEST_DISPLAY=1 xvfb-run -a -s "-screen 0 1440x900x24" \
			$(BIN)/python -m pytest -m window; \
	else echo "The stories in a real window were left out: install xvfb to run them."; fi

slow: $(INSTALLED)
	$(BIN)/python -m pytest -m slow

# Hostile files, 20,000 of each kind: two hours or so.
fuzz: $(INSTALLED)
	$(BIN)/python -m pytest -m fuzz -s tests/fuzz

# The texts of the window for translators, and what Qt reads of their work.
translations: $(INSTALLED)
	$(BIN)/python docs/translations.py

# Known holes in the pinned versions: fetches pip-audit and asks the public list.
audit: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip

$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "bcviewer needs Python 3.11, 3.12 or 3.13."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev]'
	@touch $(INSTALLED)

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
