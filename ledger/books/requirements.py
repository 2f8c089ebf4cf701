"""What a book's top file must have for its rules to hold."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from yusuan.ledger.finding import Finding
from yusuan.ledger.rules import PLUGINS as FAMILIES_OF_PLUGIN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

    from yusuan.ledger.books.files import LedgerFiles

#: The plugins that a book must run, each with the rules it gives receipts for.
PLUGINS = {
    plugin: tuple(rule for family in families for rule in family.RULES)
    for plugin, families in FAMILIES_OF_PLUGIN.items()
}
STRICT = "yusuan.plugins.strict"

_TOLERANCE = {"tolerance_multiplier", "inferred_tolerance_multiplier"}
#: Options that would undo a rule, and how.
_HARMFUL = {
    "inferred_tolerance_default": "会放过分位差错",
    "insert_pythonpath": "会从账套目录载入程序",
    "plugin_processing_mode": "会关闭 beancount 的余额检查",
}


def missing_rules(files: LedgerFiles, ran: Iterable[str]) -> Iterator[Finding]:
    """Report each plugin whose rules left no receipt: a rule that did not run is an error."""
    done = set(ran)
    for plugin, rules in PLUGINS.items():
        absent = [rule for rule in dict.fromkeys(rules) if rule not in done]
        if absent:
            text = f'规则 {"、".join(absent)} 没有运行：请在 {files.top.name} 中写 plugin "{STRICT}"（缺 {plugin}）'
            yield _finding(files, "L01", text)


def no_rules(files: LedgerFiles) -> Iterator[Finding]:
    """Report once that no rule ran, where the settings cannot be used: it is these that are wrong."""
    yield _finding(files, "L01", "规则都没有运行：账套设置或科目表不能用，请先改正")


def without_assertions(main: Path) -> Iterator[Finding]:
    """Report Python without assertions: beancount holds itself to its own by nothing else."""
    if sys.flags.optimize:
        text = "[L12] Python 略去了断言（python -O 或 PYTHONOPTIMIZE），检查不能作数；请去掉后重试"
        yield Finding({"filename": str(main), "lineno": 0}, text, None, "L12")


def unfit_options(files: LedgerFiles) -> Iterator[Finding]:
    """Report a tolerance that is not zero (beancount's default loses fen), and other harm."""
    for name in sorted({values[0] for values in files.options if values} & _HARMFUL.keys()):
        yield _finding(
            files, "L05", f'{files.top.name} 的 option "{name}" {_HARMFUL[name]}；请删去'
        )
    set_ = [values[1] for values in files.options if len(values) > 1 and values[0] in _TOLERANCE]
    if not set_ or set_[-1].strip("0.") or not set_[-1]:
        text = (
            f'{files.top.name} 没有写 option "tolerance_multiplier" "0"，分位差错会被放过；请加上'
        )
        yield _finding(files, "L05", text)


def _finding(files: LedgerFiles, rule: str, text: str) -> Finding:
    return Finding({"filename": str(files.top), "lineno": 0}, f"[{rule}] {text}", None, rule)
