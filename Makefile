# make run   set up, demo if data/raw is empty, build, serve on 127.0.0.1
# make build the same without serving      make test  set up and run the tests
# make dev   Dagster's UI beside the page  make check lint and types
# make bench-landing  how long landing takes beside a bare reader
# make bench-pages    bytes, processor time and waiting times of the pages; make run first
# make bench-metrics  how long all duties and indicators of ten years take, three of them beside polars
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: run build dev test check bench-landing bench-metrics bench-pages lock clean

run: build
	@$(PY) -m pipelines serve

build: $(READY)
	@$(PY) -m pipelines demo --if-empty
	@$(PY) -m pipelines build || { code=$$?; [ $$code -eq 1 ] || exit $$code; }

dev: build
	@$(PY) -m pipelines dev

test: $(READY)
	@$(PY) -m pytest

check: $(READY)
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/sqlfluff lint sql --disable-progress-bar

bench-landing: $(READY)
	@$(PY) -m benchmarks.landing

bench-metrics: $(READY)
	@$(PY) -m benchmarks.metrics

bench-pages: $(READY)
	@$(PY) -m benchmarks.pages

# Pins everything with hashes and names no index.
lock:
	uv pip compile --universal --generate-hashes --no-strip-extras --no-header --extra dev \
		--python-version 3.11 pyproject.toml -o requirements.lock

clean:
	rm -rf data/warehouse data/published .dagster .cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本 (Python 3.11 or newer is needed)：PYTHON=python3.12 make …"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "缺少 venv：Debian/Ubuntu 请先安装 python3-venv (install python3-venv first)"; exit 2; }
	@echo "安装依赖，约一两分钟 (setting up) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
