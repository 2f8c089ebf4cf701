"""Whatever a 指标 list holds, the book that is made of it adds up to it by every key."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.books import empty
from tests.books import run
from tests.books import snapshot
from tests.lists import as_workbook
from tests.lists import take
from tests.lists import write

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

HEAD = [
    "指标ID",
    "资金性质",
    "支出功能分类",
    "部门支出经济分类",
    "项目类别",
    "项目编码",
    "项目名称",
]
HEAD += ["指标文号", "金额", "支付方式", "政府采购", "来源年度"]
FUNDS = {"11-一般公共预算": "11", "政府性基金": "12", "39": "39"}
CLASSES = {"人员经费": "人员", "公用": "公用", "特定目标类": "项目", "基本支出": "基本"}


@st.composite
def rows(draw: st.DrawFn) -> list[str]:
    """Draw one row: any keys, an amount of whole fen; a project has a code."""
    klass = draw(st.sampled_from(sorted(CLASSES)))
    project = draw(st.sampled_from(["", "P1001", "P1002"]))
    if CLASSES[klass] == "项目":
        project = project or "P1003"
    return [
        "",
        draw(st.sampled_from(sorted(FUNDS))),
        draw(st.sampled_from(["2010301-行政运行", "2010308", "2080505"])),
        draw(st.sampled_from(["30101", "30201 办公费", "30227", "31002"])),
        klass,
        project,
        f"项目{project}" if project else "",
        draw(st.sampled_from(["文〔2020〕1号", "文〔2020〕2号"])),
        f"{Decimal(draw(st.integers(1, 10**11))) / 100:,.2f}",
        draw(st.sampled_from(["", "直接支付"])),
        draw(st.sampled_from(["", "是", "否"])),
        draw(st.sampled_from(["", "2020", "2019"])),
    ]


def summed(pairs: list[tuple[Any, str]]) -> dict[Any, Decimal]:
    found: dict[Any, Decimal] = defaultdict(Decimal)
    for key, amount in pairs:
        found[key] += Decimal(amount.replace(",", ""))
    return dict(found)


#: Each key of a list with the same key in `lines --json`.
KEYS: dict[str, tuple[Callable[[list[str]], str], Callable[[dict[str, Any]], str]]] = {
    "fund": (lambda row: FUNDS[row[1]], lambda line: line["fund"]),
    "function": (lambda row: row[2][:7], lambda line: line["function"]),
    "class": (lambda row: CLASSES[row[4]], lambda line: line["class"]),
    "project": (lambda row: row[5], lambda line: line["project"] or ""),
}


@settings(max_examples=15)
@given(st.lists(rows(), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_a_book_adds_up_to_its_list_by_every_key(
    listed: list[list[str]], chance: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = empty(Path(folder) / "book")
        file = write(Path(folder) / "a.csv", [HEAD, *listed])
        done = take(book, file, "--date", "2020-01-20")
        assert done.exit_code == 0, done.output
        assert run("check", book).exit_code == 0
        found = json.loads(run("lines", book, "--json").stdout)["rows"]
        for of_row, of_line in KEYS.values():
            wanted = summed([(of_row(row), row[8]) for row in listed])
            assert summed([(of_line(line), line["adjusted"]) for line in found]) == wanted
        joint = summed([(tuple(of(row) for of, _ in KEYS.values()), row[8]) for row in listed])
        held = [(tuple(of(line) for _, of in KEYS.values()), line["adjusted"]) for line in found]
        assert summed(held) == joint
        fresh = [row for row in listed if row[11] != "2019"]
        approved = sum((Decimal(line["approved"]) for line in found), Decimal(0))
        assert approved == sum((Decimal(row[8].replace(",", "")) for row in fresh), Decimal(0))
        table = json.loads(run("execution", book, "--by", "economic", "--json").stdout)["rows"]
        by_economic = {
            each["code"]: Decimal(each["adjusted"]) for each in table if each["level"] == "款"
        }
        assert by_economic == summed([(row[3][:5], row[8]) for row in listed])
        before = snapshot(book)
        chance.shuffle(listed)
        again = as_workbook(write(Path(folder) / "b.csv", [HEAD, *listed]), Path(folder) / "b.xlsx")
        done = take(book, again, "--date", "2020-01-20")
        assert (done.exit_code, snapshot(book)) == (0, before), done.output
