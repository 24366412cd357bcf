# Two commands for most readers: `make study` and `make test`. Each sets up an environment of its own first.
PYTHON ?= python3
BIN := .venv/bin
# On Windows' make, point BIN at .venv/Scripts.
READY := .venv/ready
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check

.PHONY: study test verify site bench fuzz lab lock codebook clean help

study: $(READY)  ## run the notebooks, write the figures (LANG_=zh: in Chinese, into study_zh)
	@$(BIN)/reformtext study $(if $(LANG_),--lang $(LANG_) --out study_$(LANG_))

# Tests of a file stay in one process, so that what they share is made once.
test: $(READY)  ## lint, types, tests
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

verify: $(READY)  ## rerun everything and compare it with what is committed
	@$(BIN)/reformtext verify

site: $(READY)  ## the rendered notebooks as static pages under site/
	@$(BIN)/reformtext site

bench: $(READY)  ## characters per second, here and now
	@$(BIN)/python tests/bench.py

# SEED=… for other cases, SECONDS=… for longer.
SEED ?= 0
SECONDS ?= 600
fuzz: $(READY)  ## spoiled files by the ten thousand against the library's laws, ten minutes
	@$(BIN)/python tests/hostile/fuzz.py --seed $(SEED) --seconds $(SECONDS)

lab: $(READY)  ## JupyterLab, open on the first notebook
	@$(BIN)/jupyter lab notebooks/01_corpus.ipynb

codebook: $(READY)  ## write the schema into data/README.md
	@$(BIN)/python -c "from pathlib import Path; from reformtext.study.tables import write_codebook; write_codebook(Path('data/README.md'))"

# The lock serves every Python from 3.11 on and every platform; it holds hashes and no index address.
lock:  ## resolve requirements.lock anew (needs uv)
	@uv pip compile --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header \
	  --no-emit-index-url --all-extras --upgrade --quiet pyproject.toml --output-file requirements.lock

$(READY): .venv/locked pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "reformtext needs Python 3.11 or later: make PYTHON=python3.12 …" >&2; exit 1; }
	@echo "setting up .venv from requirements.lock (a minute or two, once)"
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --requirement requirements.lock
	@touch $@

clean:  ## take the environment, the caches, the site and the Chinese set away
	rm -rf .venv .cache site study_zh

help:
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12
