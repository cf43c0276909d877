.DEFAULT_GOAL := help
.PHONY: help demo translations test lint suite soak golden pictures handbook safety icons coverage mutants run bench lock format clean setup setup-dev bundle deb portable packet windows packages prove

PYTHON := .venv/bin/python
# Leftovers of another environment would slow the program down or change what it imports.
unexport PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: setup ## briefing of a published case; opens the program on it when there is a display
	@$(PYTHON) -m her2board demo

test: setup-dev ## lint, types, import contracts, tests
	@$(MAKE) --no-print-directory --jobs=2 lint suite

# Side by side with the tests: types take most of a minute, on one core.
lint: setup-dev
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	$(PYTHON) .venv/bin/lint-imports --no-logo

suite: setup-dev
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 3

soak: setup-dev ## laws, pages, inputs, bytes and kills by the thousand, an hour of use; EXAMPLES=n, PAGES=n, INPUTS=n, BYTES=n, KILLS=n, CHANGES=n, EDITS=n, BITS=n, SESSIONS=n, ROUNDS=n, OPENED=n
	HYPOTHESIS_PROFILE=soak HYPOTHESIS_EXAMPLES=$(or $(EXAMPLES),3000) QT_QPA_PLATFORM=offscreen \
		$(PYTHON) -m pytest -n 2 tests/laws tests/gui/test_document_machine.py
	HER2BOARD_PAGES=$(or $(PAGES),10000) QT_QPA_PLATFORM=offscreen \
		$(PYTHON) -m pytest -n 2 tests/pdf/test_pdf_generated.py tests/pdf/test_pdf_annex_short.py \
		tests/briefing/test_briefing_generated.py tests/briefing/test_ways.py tests/unit/case/test_case_migrations.py
	HER2BOARD_INPUTS=$(or $(INPUTS),100000) QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 tests/fuzz \
		tests/unit/capture/test_drug_cell_law.py
	HER2BOARD_BYTES=$(or $(BYTES),20000) $(PYTHON) -m pytest -s tests/evidence/test_changed_bytes.py \
		tests/unit/evidence/test_curation_edit.py
	HER2BOARD_KILLS=$(or $(KILLS),1000) QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/gui/test_killed.py \
		tests/unit/case/test_case_killed.py
	HER2BOARD_BOOK_KILLS=$(or $(KILLS),1000) HER2BOARD_BOOK_CHANGES=$(or $(CHANGES),12) HER2BOARD_BOOK_STRIDE=1 \
		HER2BOARD_BOOK_EDITS=$(or $(EDITS),10000) HER2BOARD_BOOK_BITS=$(or $(BITS),1000) \
		HER2BOARD_BOOK_SESSIONS=$(or $(SESSIONS),100) \
		$(PYTHON) -m pytest -s tests/casebook
	PYTHONPATH="$(CURDIR):$(CURDIR)/tests" $(PYTHON) tests/gui/hour.py $(or $(ROUNDS),60)
	HER2BOARD_OPENED=$(or $(OPENED),40) QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest \
		tests/gui/test_opened_and_closed.py tests/gui/casebook/test_casebook_left_over.py
	HER2BOARD_PLANTED=$(or $(SESSIONS),100) QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -s \
		tests/gui/casebook/test_casebook_planted.py

golden: setup-dev ## accept the golden pages as the program makes them now; then read the difference in git
	HER2BOARD_ACCEPT_GOLDEN=1 QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest tests/golden

pictures: setup-dev ## take the pictures of the README and of the handbook
	@PYTHONPATH="$(CURDIR)" $(PYTHON) tests/outside/readme_pictures.py docs/pictures
	@PYTHONPATH="$(CURDIR):tests/outside" $(PYTHON) tests/outside/handbook_pictures.py resources/handbook

handbook: setup-dev ## the handbook as PDF, build/handbook.pdf
	@$(PYTHON) packaging/handbook.py

safety: setup-dev ## hazards, controls and their tests: packaging/SAFETY.md and build/safety.pdf
	@$(PYTHON) packaging/safety.py
	@$(PYTHON) packaging/handbook.py build/safety.pdf packaging/SAFETY.md

icons: setup-dev ## draw the icons of actions from their SVG
	$(PYTHON) packaging/icons.py actions

coverage: setup-dev ## branch coverage of the decision modules (logic, case, assessment): 100 %, or it fails
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n 2 --cov --cov-report=term-missing:skip-covered \
		tests/unit tests/worked_cases tests/laws/test_incremental.py

mutants: setup-dev ## change the decision modules: a test notices, or it fails; one change in 8, all with ONE_IN=1, part with ONLY=path
	@nice -n 10 $(PYTHON) tests/mutation/run.py --one-in $(or $(ONE_IN),8) $(ONLY)

run: setup ## the program; a case file with CASE=path
	@$(PYTHON) -m her2board $(if $(CASE),"$(CASE)")

bench: setup-dev ## measure speed, as ratios to baselines taken in the same run
	@PYTHONPATH="$(CURDIR):$(CURDIR)/tests" $(PYTHON) tests/benchmarks/bench.py

format: setup-dev ## rewrite the source in the project's code style
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

schema: setup-dev ## write the JSON Schemas of case files, assessments, evidence and local files
	$(PYTHON) -m her2board schema case > evidence/schema/case.json
	$(PYTHON) -m her2board schema evidence > evidence/schema/evidence.json
	$(PYTHON) -m her2board schema assessment > evidence/schema/assessment.json
	$(PYTHON) -m her2board schema overlay > evidence/schema/overlay.json

translations: setup-dev ## update the translations from the program, and list what is missing
	$(PYTHON) packaging/translations.py

# The root of evidence packs that a build trusts; without one each clinic trusts one itself.
export HER2BOARD_ROOT := $(if $(ROOT),$(abspath $(ROOT)))

bundle: setup-dev ## the program with its own Python and Qt in dist/bundle; wheel and source archive in dist; ROOT=file
	@$(PYTHON) packaging/safety.py check
	$(PYTHON) packaging/bundle.py

deb: bundle ## Debian package of the bundle
	$(PYTHON) packaging/linux/packages.py deb

portable: bundle ## archive of the bundle that runs from a stick
	$(PYTHON) packaging/linux/packages.py portable

packet: setup-dev ## the build that compares nobody with cohorts or options: bundle, deb and archive in dist/packet
	@$(PYTHON) packaging/safety.py check
	HER2BOARD_BUILD=packet $(PYTHON) packaging/bundle.py
	HER2BOARD_BUILD=packet $(PYTHON) packaging/linux/packages.py deb
	HER2BOARD_BUILD=packet $(PYTHON) packaging/linux/packages.py portable
	HER2BOARD_BUILD=packet $(PYTHON) packaging/sbom.py

windows: bundle ## UNTESTED: the program as a folder for Windows, put together from wheels and checked
	$(PYTHON) packaging/windows/portable.py

packages: deb portable packet ## all that is released for Linux, both builds, with SHA256SUMS and what is inside each
	$(PYTHON) packaging/sbom.py

prove: packages ## install, run, corrupt and uninstall what was made, in an empty Debian; as root
	packaging/prove.sh

# One version of a package in all locks: the development lock decides, the others follow it.
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	$(if $(UPGRADE),--upgrade)
UV := $(or $(shell command -v uv),build/uv/bin/uv)

lock: $(UV) ## write the locks from pyproject.toml and packaging/*.in; newest versions with UPGRADE=1
	$(COMPILE) --extra dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock pyproject.toml -o requirements.lock
	$(COMPILE) --constraint requirements-dev.lock packaging/build.in -o packaging/build.lock
	$(COMPILE) --constraint requirements-dev.lock packaging/bundle.in -o packaging/bundle.lock

build/uv/bin/uv:
	python3 -m venv --clear --without-pip build/uv
	python3 -m pip --python build/uv/bin/python --disable-pip-version-check install --quiet uv

clean: ## remove what was built and cached; .venv stays
	rm -rf build/* dist .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find * -name __pycache__ -prune -exec rm -rf {} +

setup:
	@packaging/setup.sh run

setup-dev:
	@packaging/setup.sh dev
