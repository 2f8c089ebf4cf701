# 每个目标都会先准备好自己的环境（.venv）：机器上只需 Python 3.11 以上和 make。

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
PY     := .venv/bin/python
STAMP  := .venv/.stamp
BOOK   ?= examples/songjiang-xinfang-2020/book
TYPED  := $(wildcard tests bench examples setup.py)
LOCK   := .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
          --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo web test soak check lint types contracts format docs bench bench-rules bench-web bench-imports lock clean

help: ## 列出全部目标
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) ## 演示：导入公开的预算，用命令记一年的账，检查并打印报表
	$(PY) examples/songjiang-xinfang-2020/demo.py

web: $(STAMP) ## 用 fava 打开示例账套（BOOK=目录 可换成别的账套）
	.venv/bin/yusuan web $(BOOK)

test: $(STAMP) ## 运行全部测试（ARGS="..." 传给 pytest）
	$(PY) -m pytest -n auto --dist worksteal $(ARGS)

soak: $(STAMP) ## 运行长时间的测试
	$(PY) -m pytest -m soak --durations=0 --log-cli-level=INFO $(ARGS)

check: lint test ## 提交前的全部检查：lint 与 test

lint: $(STAMP) ## 静态检查：ruff、mypy、模块依赖方向
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	@$(MAKE) --no-print-directory types contracts

types: $(STAMP) ## 只做类型检查
	$(PY) -m mypy -p yusuan
	$(PY) -m mypy $(TYPED)

contracts: $(STAMP) ## 只检查模块依赖方向
	.venv/bin/lint-imports --no-logo --cache-dir .venv/.import_linter_cache

format: $(STAMP) ## 按统一格式改写源码
	$(PY) -m ruff check --fix-only --quiet
	$(PY) -m ruff format

docs: $(STAMP) ## 由规则目录重新生成 docs/rules.md
	$(PY) -m tests.rulebook

bench-rules: $(STAMP) ## 全部规则一遍的代价，与载入相比
	$(PY) bench/rules.py $(ARGS)

bench-imports: $(STAMP) ## 导入一万、五万、十万笔支付的工作簿：每笔用时与内存峰值
	$(PY) bench/imports.py $(ARGS)

bench-web: $(STAMP) ## 浏览器中的等待时间，与原版 fava 同场比较
	$(PY) bench/web.py $(ARGS)

bench: $(STAMP) ## 性能测试：一万与十万笔交易，各种检查的用时比
	$(PY) bench/run.py $(ARGS)

lock: $(STAMP) ## 重新生成 requirements/ 的版本锁（只有名称、版本、散列）
	$(LOCK) -o requirements/run.txt $(ARGS)
	$(LOCK) --group dev -c requirements/run.txt -o requirements/dev.txt $(ARGS)

clean: ## 删除环境、缓存与构建产物
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

# The stamp is newer than what the environment is made from, or it is made anew.
# The lock is complete, so nothing is resolved (--no-deps): pip before 23.3 takes a dependency with an
# extra (coverage[toml]) for another requirement than its pin, and fails as soon as a newer version is out.
$(STAMP): requirements/dev.txt pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更高版本；找到的是 $(PYTHON)。请安装后重试，或用 make PYTHON=路径 指定。" >&2; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "正在准备环境 .venv（首次需要几分钟）……"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
