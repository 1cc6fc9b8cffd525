# Everything installs itself: cargo, python3 (3.11 or newer) and make are all it takes.

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
# What the extension is built from, and what the package is.
SOURCES := Cargo.toml Cargo.lock pyproject.toml $(shell find src data -type f)

.DEFAULT_GOAL := help
.PHONY: help demo test measure bench look lint format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/built ## the sample story through all of it: tables, a page, who accuses and who denies
	$(BIN)/sayso demo -o out/demo

test: $(VENV)/dev $(VENV)/built ## all tests, Rust and Python
	cargo test --locked
	$(BIN)/python -m pytest -q

measure: $(VENV)/dev $(VENV)/built ## figures on ../shared, into benches/RESULTS.md
	$(BIN)/python benches/measure.py

bench: ## clocks of the stages and of the whole
	cargo bench --locked

look: $(VENV)/built ## pictures of the demo's page and of a notebook, light and dark, wide and narrow, in out/look
	$(BIN)/python benches/look.py out/look

lint: $(VENV)/dev $(VENV)/built ## formats, lints, types and docs; changes nothing
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings
	cargo clippy --locked --all-targets --features train -- -D warnings
	cargo clippy --locked --features python -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --quiet
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m mypy.stubtest sayso._core

format: $(VENV)/dev ## formats Rust and Python
	cargo fmt
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

clean: ## removes the virtual environment and what cargo built
	rm -rf $(VENV) out
	cargo clean

# The environment is private and made anew when what it has to hold changes.
$(VENV)/made:
	$(PYTHON) -c 'import sys; sys.exit("sayso needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "maturin>=1.9.4,<2" "numpy>=1.26"
	touch $@

$(VENV)/dev: pyproject.toml | $(VENV)/made
	$(BIN)/python -c 'import tomllib; extras = tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]; print(*extras["dev"], *extras["html"], sep="\n")' > $(VENV)/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(VENV)/dev.txt
	touch $@

# The package itself is used in place, so only the extension has to be built again.
$(VENV)/built: $(SOURCES) | $(VENV)/made
	@echo "Building the extension; the first time takes some minutes."
	VIRTUAL_ENV=$(CURDIR)/$(VENV) PIP_QUIET=1 $(BIN)/maturin develop --release --locked --quiet
	touch $@
