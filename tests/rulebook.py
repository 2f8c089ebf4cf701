"""What there is of each rule: its entry, its code, its examples; and `docs/rules.md`, made of them.

python -m tests.rulebook        # writes docs/rules.md (make docs)
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.ledger.finding import SEVERITY_WORDS
from yusuan.ledger.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.rules.catalogue import Rule

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "rules.md"
OUTCOMES = ("passes", "fails")

#: The rules of HANDBOOK §4.
HANDBOOK = frozenset(f"R{number:02d}" for number in range(1, 31))

#: The examples of the rules of loading: files, not ledgers, so their tests have names of their own.
ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "L01": ("test_a_good_book", "test_each_missing_plugin_is_reported"),
    "L02": ("test_a_good_book", "test_options_and_plugins_in_included_files_do_not_count"),
    "L03": ("test_text_and_numbers_of_other_kinds_pass", "test_amounts_are_written_out"),
    "L04": ("test_a_good_book", "test_what_may_not_be_included"),
    "L05": ("test_a_good_book", "test_only_a_tolerance_of_nothing_will_do"),
    "L06": ("test_windows_line_ends_are_fine", "test_encodings"),
    "L07": ("test_a_good_book", "test_a_cache_is_never_run_and_is_warned_about"),
    "L08": (
        "test_the_settings_beside_the_ledger_are_an_included_file",
        "test_settings_that_cannot_be_used_stop",
    ),
    "L09": ("test_a_good_book", "test_a_single_fen_is_caught"),
    "L10": (
        "test_a_plugin_that_adds_without_changing_is_welcome",
        "test_a_bad_plugin_is_never_silent",
    ),
    "L12": ("test_a_good_book", "test_python_without_assertions_is_refused"),
    "L11": ("test_directives_of_a_budget_pass", "test_directives_that_a_budget_does_not_have"),
}

_RULE = re.compile(r"[RSLC]\d\d")
_MESSAGE = re.compile(r"\[([RSLC]\d\d)\]")
_TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
_BY_EXAMPLE = re.compile(r"test_([rslc]\d\d)_(passes|fails)_\w+")
_HEADING = re.compile(r"^### ([RSLC]\d\d) ", re.MULTILINE)


@cache
def ids_in_code() -> frozenset[str]:
    """Find every rule id in the strings of the engine and its plugins, docstrings left out."""
    return frozenset(
        found
        for folder in ("ledger", "plugins")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for found in _ids(ast.parse(path.read_bytes()))
    )


def _ids(tree: ast.Module) -> Iterator[str]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            if _RULE.fullmatch(node.value):
                yield node.value
            yield from _MESSAGE.findall(node.value)


@cache
def tests() -> Mapping[str, str]:
    """Give every test by its name, with the file that it stands in."""
    return {
        name: path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").glob("test_*.py"))
        for name in _TEST.findall(path.read_text("utf-8"))
    }


@cache
def examples() -> Mapping[tuple[str, str], list[str]]:
    """Give the tests that show a rule passing, or failing: by their names, or as listed above."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in tests():
        if shown := _BY_EXAMPLE.fullmatch(name):
            found[shown[1].upper(), shown[2]].append(name)
    for rule, names in ELSEWHERE.items():
        for outcome, name in zip(OUTCOMES, names, strict=True):
            if name in tests():
                found[rule, outcome].append(name)
    return dict(found)


def lacking(rule: str) -> list[str]:
    """Say what a rule lacks: its entry, its code, an example that passes or fails, its documentation."""
    listed = {each.id for each in catalogue()}
    documented = _HEADING.findall(PAGE.read_text("utf-8"))
    there = {
        "catalogue": rule in listed,
        "code": rule in ids_in_code(),
        **{outcome: (rule, outcome) in examples() for outcome in OUTCOMES},
        "documentation": rule in documented,
    }
    return [what for what, is_there in there.items() if not is_there]


_HEAD = """\
# 规则目录

<!-- 由 make docs 根据 ledger/rules/catalogue.toml 和 tests/ 生成，请勿手工修改。 -->

`yusuan check` 运行全部规则，并说明哪些已运行、哪些不适用（账上没有所需的资料）。级别为“不通过”的拦截记账，
“警告”和“提示”只报告。R 规则的级别和参数可在账套的 `yusuan.toml` 中设置：

```toml
[rules.R16]
severity = "warn"    # stop 不通过、warn 警告、info 提示、off 停用
months = [6, 9]
```

S（账套结构）和 L（载入）关系其他规则是否可信，不能设置。预算文件的勾稽关系（B）见 `yusuan rules B01`。
每条规则的两个例子是测试：一个通过，一个不通过；多数例子的说明文字就是账本。
"""
_PARTS = {"R": "预算规则", "S": "账套结构", "L": "载入"}


def page() -> str:
    """Write the page for accountants."""
    parts = [_HEAD]
    for letter, title in _PARTS.items():
        rules = [rule for rule in catalogue() if rule.id.startswith(letter)]
        rows = [f"| [{r.id}](#{_anchor(r)}) | {r.title} | {_severity(r)} |" for r in rules]
        table = "\n".join(["| 编号 | 规则 | 级别 |", "|---|---|---|", *rows])
        parts += [f"## {title}\n\n{table}\n", *map(_section, rules)]
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    said = "；".join(f"`{key} = {_toml(value)}`" for key, value in rule.parameters.items())
    shown = [("通过的例子", "passes"), ("不通过的例子", "fails")]
    lines = [
        f"### {rule.id} {rule.title}\n",
        f"- 级别：{_severity(rule)}",
        f"- 依据：{rule.basis}",
        f"- 范围：{rule.scope}",
        f"- 处理：{rule.remedy}",
        *([f"- 参数（默认值）：{said}"] if said else []),
        *(f"- {words}：{_names(rule, outcome)}" for words, outcome in shown),
    ]
    return "\n".join(lines) + "\n"


def _names(rule: Rule, outcome: str) -> str:
    names = examples().get((rule.id, outcome), [])
    return "、".join(f"[`{name}`](../{tests()[name]})" for name in names)


def _severity(rule: Rule) -> str:
    return SEVERITY_WORDS[rule.severity]


def _anchor(rule: Rule) -> str:
    """Give the anchor that a heading gets: lower case, without punctuation, hyphens for spaces."""
    heading = f"{rule.id} {rule.title}".lower()
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
