"""The plugins under plain beancount: any order, twice, together, beside others, from a file."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import pytest
from beancount import loader
from tests.ledgers import AUTHORITY
from tests.ledgers import CHART
from tests.ledgers import CONTROL
from tests.ledgers import OTHERS
from tests.ledgers import STRICT
from tests.ledgers import Found
from tests.ledgers import book
from tests.ledgers import load
from tests.ledgers import load_text

from yusuan.ledger.rules import FAMILIES
from yusuan.ledger.rules.session import receipts

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Something for every family to say: R01 in both layers and without a line, R03, R04, S01, S02, S03.
FAULTY = """
2020-01-20 * "批复" ^pf-1
  可用 2020J01     100.00
  来源 01 11      -100.00

2020-01-20 ! "未复核" ^pf-2
  限额可用 2 30201    100.00
  限额来源 2 30201   -100.00

2020-03-16 * "超预算" ^zf-1
  line: "2020J01"
  支出 2010301 30201     100.01
  零余额                -100.01

2020-03-17 * "没有指标" ^zf-2
  支出 2010301 30201       1.00
  零余额                  -1.00

2020-03-18 * "科目与指标不一致，编码还未生效" ^zf-3
  line: "2020J01"
  支出 2013901 30201       1.00
  零余额                  -1.00

2020-03-19 * "指标分录不对" ^zf-4
  line: "2020X01"
  支出 2010302 30201       1.00
  零余额                  -1.00
  可用 2020X01            -2.00
  已执行 2020X01           2.00

2020-03-20 * "不受控制" ^zf-5
  event: "expense"
  line: "2020J01"
  支出 2010301 30201       1.00
  零余额                  -1.00
"""
SINGLE = (AUTHORITY, CONTROL, CHART, *OTHERS)
ORDERS = [(*order, *OTHERS) for order in permutations((AUTHORITY, CONTROL, CHART))]
ORDERS += [tuple(reversed(order)) for order in ORDERS]
ALL_RULES = {rule for family in FAMILIES for rule in family.RULES}


def said(found: Found) -> list[tuple[str, object]]:
    """All errors, in an order of their own, by message and place below the plugins' lines."""
    first = min(entry.meta["lineno"] for entry in found.entries)
    return sorted((e.message, e.source["lineno"] - first) for e in found.errors)


def postings(found: Found) -> list[Any]:
    """What every entry posts, the derived legs among it; the postings of an entry have no order."""
    return [
        sorted((posting.account, posting.units) for posting in entry.postings)
        for entry in found.entries
        if hasattr(entry, "postings")
    ]


LISTINGS = [
    *ORDERS,
    (STRICT, STRICT),
    (STRICT, *SINGLE),
    (*SINGLE, STRICT),
    *((*order, *order) for order in ORDERS),
    tuple(plugin for plugin in SINGLE for _ in range(2)),
]


@pytest.mark.parametrize("plugins", LISTINGS, ids=lambda plugins: "-".join(p[15] for p in plugins))
def test_neither_order_nor_repetition_matters(plugins: tuple[str, ...]) -> None:
    alone = load(FAULTY)
    found = load(FAULTY, plugins)
    assert said(found) == said(alone)
    assert postings(found) == postings(alone)
    assert set(receipts(found.options)) == ALL_RULES


def test_every_family_has_something_to_say() -> None:
    found = load(FAULTY)
    assert set(found.rules) == {"R01", "R03", "R04", "S01", "S02", "S03"}
    assert len(found.messages) == len(set(found.messages))


@pytest.mark.parametrize(
    ("plugin", "rules"),
    [
        (AUTHORITY, {"S01", "S02"}),
        (CONTROL, {"R01", "R02", "R20", "S03"}),
        (CHART, {"R03", "R04", "S04", "S05", "S06", "S07"}),
    ],
)
def test_each_plugin_has_its_own_rules_and_says_that_they_ran(plugin: str, rules: set[str]) -> None:
    found = load(FAULTY, [plugin])
    assert set(found.rules) <= rules
    assert found.rules != []
    assert set(receipts(found.options)) == rules


def test_no_plugin_no_receipt() -> None:
    assert receipts(load(FAULTY, []).options) == []


def noise(entries: list[Any], options_map: object) -> tuple[list[Any], list[Any]]:
    """A plugin of somebody else: turns the entries round and copies their postings."""
    del options_map
    turned = [
        entry._replace(postings=list(entry.postings)) if hasattr(entry, "postings") else entry
        for entry in reversed(entries)
    ]
    return turned, []


@pytest.mark.parametrize("order", ORDERS)
def test_plugins_of_others_may_stand_between(
    order: Iterable[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = type(sys)("noise_between")
    vars(module).update(__plugins__=(noise,))
    monkeypatch.setitem(sys.modules, "noise_between", module)
    others = [
        "noise_between",
        "beancount.plugins.implicit_prices",
        "beancount.plugins.noduplicates",
        *["noise_between"] * (len(SINGLE) - 3),
    ]
    mixed = [plugin for pair in zip(others, order, strict=True) for plugin in pair]
    assert said(load(FAULTY, mixed)) == said(load(FAULTY))


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """The top file of a book in which nothing is wrong."""
    file = tmp_path / "main.beancount"
    file.write_text(book(RIGHT), "utf-8")
    return file


RIGHT = """
2020-01-01 custom "yusuan-note" "不是交易的指令"

2020-01-20 * "批复" ^pf-1
  可用 2020X01     100.00
  来源 01 11      -100.00

2020-03-16 * "用完" ^zf-1
  line: "2020X01"
  支出 2010302 30201     100.00
  零余额                -100.00
"""


def loaded(file: Path) -> Found:
    """Load a file as bean-check does, without its cache."""
    return Found(*loader._load([(str(file), True)], None, None, None))


def test_from_a_file_as_from_a_string(top: Path) -> None:
    assert loaded(top).messages == []
    top.write_text(book(FAULTY), "utf-8")
    assert said(loaded(top)) == said(load(FAULTY))


def test_the_settings_beside_the_ledger_are_an_included_file(top: Path) -> None:
    """So that fava loads the book again when they change."""
    settings = top.with_name("yusuan.toml")
    assert loaded(top).options["include"] == [str(top)]
    settings.write_text('[unit]\nname = "某单位"\n', "utf-8")
    found = loaded(top)
    assert found.messages == []
    assert found.options["include"] == [str(top), str(settings)]


@pytest.mark.parametrize("plugins", [(STRICT,), SINGLE, (*SINGLE, STRICT)])
def test_broken_settings_are_one_finding_and_no_receipt(
    top: Path, plugins: tuple[str, ...]
) -> None:
    top.write_text(book(FAULTY, plugins), "utf-8")
    top.with_name("yusuan.toml").write_text("[unit\n", "utf-8")
    found = loaded(top)
    assert found.rules == ["L08"]
    assert "yusuan.toml：不是正确的 TOML 文件" in found.messages[0]
    assert found.errors[0].source == {"filename": str(top), "lineno": 0}
    assert receipts(found.options) == []


def test_so_are_the_code_tables_of_the_book(top: Path) -> None:
    table = top.parent / "codes" / "economic.csv"
    table.parent.mkdir()
    table.write_text("code,name,level,parent\n30288,自定的款,款,302\n", "utf-8")
    found = loaded(top)
    assert found.messages == []
    assert found.options["include"] == [str(top), str(table)]


def test_a_broken_code_table_of_the_book_is_a_finding_too(top: Path) -> None:
    codes = top.with_name("codes")
    codes.mkdir()
    (codes / "functional.csv").write_text("这不是科目表\n", "utf-8")
    found = loaded(top)
    assert found.rules == ["L08"]
    assert "functional.csv" in found.messages[0]


@pytest.mark.parametrize("plugins", [(STRICT,), SINGLE, (STRICT, STRICT)])
def test_the_configuration_names_the_settings_file(top: Path, plugins: tuple[str, ...]) -> None:
    """Every rule family is given it; each of them would say so if it were missing."""
    whole = "".join(f'plugin "{plugin}" "unit.toml"\n' for plugin in plugins) + book(RIGHT, ())
    top.write_text(whole, "utf-8")
    missing = loaded(top)
    assert missing.rules == ["L08"]
    assert "unit.toml：插件参数所写的设置文件不存在" in missing.messages[0]
    top.with_name("unit.toml").write_text("", "utf-8")
    found = loaded(top)
    assert found.messages == []
    assert found.options["include"] == [str(top), str(top.with_name("unit.toml"))]
    assert set(receipts(found.options)) == ALL_RULES


def test_a_ledger_in_a_string_has_no_settings() -> None:
    assert load_text(book(RIGHT).replace(STRICT, f'{STRICT}" "unit.toml')).messages == []


@pytest.mark.parametrize(("amount", "status"), [("100.00", 0), ("100.01", 1)])
@pytest.mark.parametrize("plugins", [(STRICT,), SINGLE])
def test_bean_check(top: Path, plugins: tuple[str, ...], amount: str, status: int) -> None:
    """The real command: exactly what is available passes, one fen more does not."""
    short = RIGHT.replace("30201     100.00", f"30201     {amount}").replace(
        "零余额                -100.00", f"零余额                -{amount}"
    )
    top.write_text(book(short, plugins), "utf-8")
    command = [str(Path(sys.executable).with_name("bean-check")), "-C", str(top)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == status
    shown = ran.stdout + ran.stderr
    assert ("可用 100.00 元，申请 100.01 元，缺口 0.01 元" in shown) is (status == 1)
    assert (f"{top}:" in shown) is (status == 1)
