# Names of what a person does here; the work itself stands in scripts/ and package.json.
#
#   make run     install what is needed, run the pipeline; on made-up applicants, or DATA=folder of CSV files;
#                more for the command line in ARGS, such as ARGS='-S params.train.rounds=300'
#   make serve   the same set-up, then the scoring API and the officer's page on the last run's champion;
#                more for the command line in ARGS, such as ARGS='--port 8001'
#   make test    the same set-up, all checks and all tests
#   make check   format, lint, types, dead code, generated files
#   make setup   install and build, nothing else
#   make bench   measure the main job and the engine against their targets; npm run bench -- list names more
#   make clean   remove what was installed, built, stored and reported
SHELL := /bin/sh
SLUICE := node bin/sluice.mjs
SOURCES := $(shell find pipeline serving/workbench scripts/build.mjs scripts/build-workbench.mjs -name '*.test.ts' -prune -o -type f -print 2>/dev/null)

# Node's packages and Python's are installed side by side.
MAKEFLAGS += -j2
.DEFAULT_GOAL := help
.PHONY: help setup build run serve test check bench clean

help:
	@sed -n 's/^#   //p' Makefile

# Each is made once, and again only when what it is made from changes.
node_modules/.sluice-setup: package.json package-lock.json
	@sh scripts/setup.sh node
.venv/.sluice-setup: requirements.txt
	@sh scripts/setup.sh python
node_modules/.sluice-sqlite: node_modules/.sluice-setup
	@sh scripts/setup.sh sqlite
dist/cli.mjs: node_modules/.sluice-setup $(SOURCES)
	@node scripts/build.mjs

setup: node_modules/.sluice-setup .venv/.sluice-setup dist/cli.mjs
build: dist/cli.mjs

run: setup
	@$(SLUICE) run $(if $(DATA),-S source.kind=csv -S "source.dir=$(DATA)") $(ARGS)

# Ctrl-C is how serving ends, and no error.
serve: setup node_modules/.sluice-sqlite
	@trap : INT; $(SLUICE) serve $(ARGS) || [ $$? -eq 130 ]

test: setup node_modules/.sluice-sqlite
	@npm run --silent check
	@npm run --silent test

check: setup
	@npm run --silent check

bench: setup
	@npm run --silent bench

clean:
	rm -rf dist .sluice node_modules .venv coverage
	find artifacts reports -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
