# Everything that people and CI do here. `make` alone prints what there is.

SHELL := /bin/sh
SWIFT ?= swift
# Warnings are errors in CI; people may finish a thought first.
STRICT := $(if $(CI),-Xswiftc -warnings-as-errors,)
IMPORTS := --explicit-target-dependency-import-check error
# A static standard library halves the start-up time; macOS has it in the system. Its own folder, or the next dynamic build
# begins anew.
RELEASE_SCRATCH := .build-release
RELEASE := -c release --scratch-path $(RELEASE_SCRATCH) --product seaworthy \
	$(if $(filter Linux,$(shell uname -s)),--static-swift-stdlib,)
BINARY := $(RELEASE_SCRATCH)/release/seaworthy
# Homebrew keeps libarchive aside from the system's own copy.
export PKG_CONFIG_PATH := $(if $(shell command -v brew 2>/dev/null),$(shell brew --prefix libarchive 2>/dev/null)/lib/pkgconfig:,)$(PKG_CONFIG_PATH)

.PHONY: help bootstrap learn build release test interop soak lint format bench install coverage clean

help: ## What there is
	@awk 'BEGIN { FS = ":.*## " } /^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

bootstrap: ## Install the system libraries that are missing
	@scripts/bootstrap

learn: release ## Build, then open the lesson at its first step
	@$(BINARY) learn securing-your-image
	@echo "Go on with: $(BINARY) shell"

build: bootstrap ## Build for development
	$(SWIFT) build $(IMPORTS) $(STRICT)

release: bootstrap ## Build the program that people use
	@echo "Building seaworthy (the first time takes a few minutes)…"
	@$(SWIFT) build $(RELEASE) --quiet

TESTING := $(IMPORTS) $(STRICT)

test: bootstrap ## Build, run every test
	$(SWIFT) build --build-tests $(TESTING)
	@SWIFT="$(SWIFT)" scripts/test

interop: bootstrap ## Run every test, with skopeo, buildah and debootstrap installed as judges
	@scripts/bootstrap --judges
	@$(MAKE) test

soak: release ## The long forms: 200 kills, 200 submissions, 400 random histories, every fixture, every Dockerfile by buildah
	@scripts/bootstrap --judges
	SEAWORTHY_TEST_BUILDS=1000 SEAWORTHY_TEST_DOCKERFILES=1000 $(SWIFT) test $(TESTING) --no-parallel --filter 'RealBuildTests|UncertaintyPropertyTests|ShellLinesTests'
	SEAWORTHY_TEST_KILLS=200 SEAWORTHY_TEST_SUBMISSIONS=200 SEAWORTHY_TEST_HISTORIES=400 SEAWORTHY_TEST_FIXTURES=all SEAWORTHY_BINARY="$(CURDIR)/$(BINARY)" $(SWIFT) test $(TESTING) --no-parallel --filter 'KillTests|KilledBatchTests|KilledResetTests|ProcessTests|MessyClassTests|HistoryPropertyTests|RandomHistoryTests|FixtureTests|StandingGradesTests'

lint: ## Check the style of code and scripts
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests
	@scripts/lint

format: ## Put the code into the house style
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

bench: release ## Measure, as ratios to yardsticks of the same run
	@scripts/bench $(BINARY)

PREFIX ?= /usr/local
install: release ## Install the program and its content below PREFIX
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/seaworthy"
	install -s -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/seaworthy"
	cp -R lessons solutions kit advisories "$(DESTDIR)$(PREFIX)/share/seaworthy/"

coverage: bootstrap ## Which lines the tests reach
	$(SWIFT) test --enable-code-coverage
	@scripts/coverage "$$($(SWIFT) test --show-codecov-path)"

clean: ## Remove what was built
	rm -rf .build $(RELEASE_SCRATCH)
