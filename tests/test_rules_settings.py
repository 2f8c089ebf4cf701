"""`[rules.R16]` in `yusuan.toml`: severity and parameters of a rule, for one book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import documented
from tests.ledgers import told

from yusuan.ledger.finding import Severity
from yusuan.ledger.rules.session import not_applicable
from yusuan.ledger.rules.session import off
from yusuan.ledger.rules.session import receipts

if TYPE_CHECKING:
    from pathlib import Path

#: Wages on a project: R05 warns. Nothing is received: R17 stops.
LEDGER = """
---
2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00

2020-03-16 * "支付" ^zf-1
  line: "2020X01"
  支出 2010302 30101     100.00
  零余额                -100.00
"""


def test_without_a_word_the_catalogue_decides(tmp_path: Path) -> None:
    found = documented(LEDGER, tmp_path, bare=True)
    assert told(found, "R17") == [("stop", "zf-1")]
    assert told(found, "R05") == [("warn", "zf-1")]


@pytest.mark.parametrize(
    ("said", "means", "mixed"),
    [("stop", "stop", "warn"), ("warn", "warn", "warn"), ("info", "info", "info")],
)
def test_a_book_may_decide_on_the_severity(
    tmp_path: Path, said: str, means: str, mixed: str
) -> None:
    """What a rule itself finds milder is never made graver by it."""
    settings = f'[rules.R17]\nseverity = "{said}"\n[rules.R05]\nseverity = "{said}"\n'
    found = documented(settings + LEDGER, tmp_path, bare=True)
    assert told(found, "R17") == [(means, "zf-1")]
    assert told(found, "R05") == [(mixed, "zf-1")]


def test_a_rule_that_is_off_says_nothing_and_is_known_to_be_off(tmp_path: Path) -> None:
    found = documented('[rules.R17]\nseverity = "off"\n' + LEDGER, tmp_path, bare=True)
    assert found.messages == []
    assert off(found.options) == ["R17"]
    assert "R17" in receipts(found.options)


def test_a_rule_without_its_inputs_is_not_applicable(tmp_path: Path) -> None:
    idle = not_applicable(documented(LEDGER, tmp_path, bare=True).options)
    assert {"R16", "R18", "R26", "R27"} <= set(idle)
    assert "R17" not in idle


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ("[rules.R99]", "没有规则 R99；yusuan rules 列出全部规则"),
        ("[rules.S01]", "规则 S01 关系账套的完整，不能设置"),
        ("[rules]\nR16 = 1", "规则的设置应写成一节"),
        (
            '[rules.R16]\nseverity = "loud"',
            "severity 应为 stop、warn、info、off 之一，不是“loud”",
        ),
        (
            "[rules.R16]\nmonth = [6]",
            "[rules.R16] 没有参数 month；可用的有 severity、months、points",
        ),
        ("[rules.R16]\npoints = 0.1", "points 应与默认值 10 同类"),
        ('[rules.R16]\nmonths = ["6"]', "months 应为整数的列表"),
        ("[rules.R16]\nmonths = [13]", "months 应为 1 至 12 的月份"),
        ('[rules.R21]\nlimit = "很多"', "limit 应为以元计的金额"),
        ('[rules.R22]\nround = "0.00"', "round 应大于零"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, settings: str, why: str) -> None:
    found = documented(f"{settings}\n{LEDGER}", tmp_path, bare=True)
    assert found.rules == ["L08"]
    assert why in found.messages[0]
    assert found.errors[0].severity is Severity.STOP
