# Puente. `make run` and `make test` set up everything they need; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
BIN = .venv/bin

.PHONY: help run test check fix map lock real bench crash phone codes strings reading proxy speed looks pictures clean

help: ## list what can be made
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | sort | expand -t 10

run: .venv/.run ## set up, load a made-up district, and serve it on PORT (8000)
	$(BIN)/survey demo load --if-empty
	PORT=$(PORT) $(BIN)/survey demo show
	$(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 16 --respawn-failed-workers --no-access-log --log-level warning wsgi:app

test: .venv/.dev .venv/.browser ## set up what the tests need and run them all
	$(BIN)/python -m pytest -n 2 --dist loadgroup -rs

check: .venv/.dev ## format, lint, types, import contracts, content, migrations, translations: changes nothing
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/survey check
	$(BIN)/python -m pytest -q tests/guards tests/storage/test_schema.py

real: .venv/.dev ## release real answers (PFI_DATA=FOLDER) by the command line, and compute every figure again
	@test -n "$$PFI_DATA" || { echo "Say where the real answers are: PFI_DATA=FOLDER make real"; exit 2; }
	$(BIN)/python -m pytest -q -s -p no:randomly tests/releases/test_real.py

crash: .venv/.dev ## the two long campaigns, whole, on both databases: copies sent at once, and workers killed (some 15 minutes)
	CAMPAIGN=whole $(BIN)/python -m pytest tests/campaigns/test_once.py tests/campaigns/test_crash.py --timeout 1800

phone: .venv/.dev .venv/.browser ## 300 families on real browsers while everything fails, on both databases (SEED and SESSIONS to repeat; an hour for each database on a busy machine)
	CAMPAIGN=whole $(BIN)/python -m pytest -p no:randomly tests/campaigns/test_phone.py

codes: .venv/.dev ## attack household codes, on both databases: before sealing and after, and by guessing (some 10 minutes)
	PYTHONPATH=tests $(BIN)/python -m campaigns.codes
	CAMPAIGN=whole $(BIN)/python -m pytest tests/campaigns/test_codes_guessed.py --timeout 1800

bench: .venv/.dev ## measure a hello, the survey page, sending it, and both, on both databases (some 3 minutes)
	PYTHONPATH=tests $(BIN)/python -m bench.measure

reading: .venv/.dev ## how hard the surveys (of SURVEY_CONTENT, or the built-in ones) and the pages are to read
	PYTHONPATH=tests $(BIN)/python -m reading.table

proxy: .venv/.dev ## try docs/deploy/nginx.conf with Debian's nginx (root), and search what it wrote
	PYTHONPATH=tests $(BIN)/python -m campaigns.proxy

speed: .venv/.dev .venv/.browser ## time the family's page on a slow phone with a weak signal, and ask Lighthouse (npm; 10 minutes)
	PYTHONPATH=tests $(BIN)/python -m budgets.speed

looks: .venv/.dev .venv/.browser ## hold every state of the family's pages to the rules of accessibility, at three widths
	CAMPAIGN=whole $(BIN)/python -m pytest -n 2 tests/journeys/test_phone_accessibility.py tests/journeys/test_phone_keyboard.py tests/journeys/test_phone_tree.py

pictures: .venv/.dev .venv/.browser ## take the pictures of every state, and write docs/pictures.md
	PYTHONPATH=tests $(BIN)/python -m contact_sheet

fix: .venv/.dev ## format and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

map: .venv/.dev ## write docs/map.md, the table of contents of the program
	$(BIN)/python tests/guards/test_architecture.py

lock: .venv/.dev ## renew the pinned versions and hashes of the requirements
	$(BIN)/pip install -q --disable-pip-version-check uv
	$(BIN)/uv pip compile -q --upgrade --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.txt

strings: .venv/.dev ## bring translations/ up to date with the texts in the code
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k lazy_gettext -o build/messages.pot --no-location --sort-output .
	$(BIN)/pybabel -q update -i build/messages.pot -d translations -l es --no-fuzzy-matching --ignore-obsolete

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements.txt translations/es/LC_MESSAGES/messages.po
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	$(BIN)/pybabel -q compile -d translations
	touch $@

.venv/.dev: .venv/bin/python requirements-dev.txt translations/es/LC_MESSAGES/messages.po
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	$(BIN)/pybabel -q compile -d translations
	touch $@ .venv/.run

# A Chromium that is there is used; where we are root on Debian it is installed; elsewhere the browser tests say so.
# The same for a WebKit, as on families' iPhones, with its driver and a screen; without it only its tests are left out.
ON_DEBIAN = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
INSTALL = DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends

.venv/.browser: .venv/.dev
	@if command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif $(ON_DEBIAN); then apt-get update -q && $(INSTALL) chromium; \
	else echo "No Chromium here: install it to run the browser tests."; fi
	@if command -v WebKitWebDriver >/dev/null 2>&1 && command -v Xvfb >/dev/null 2>&1; then :; \
	elif $(ON_DEBIAN) && apt-get update -q && $(INSTALL) webkit2gtk-driver xvfb; then :; \
	else echo "No WebKit here: install webkit2gtk-driver and xvfb to run its tests."; fi
	touch $@

clean: ## remove what was set up (never the database in instance/)
	rm -rf .venv build *.egg-info
