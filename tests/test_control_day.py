"""One day: increases before decreases, decreases by id, nothing unreviewed; order is no matter."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from beancount import loader
from tests.ledgers import MONEY_ENOUGH
from tests.ledgers import chart
from tests.ledgers import header
from tests.ledgers import load
from tests.ledgers import opened
from tests.ledgers import spelled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledgers import Found


@pytest.fixture
def found(request: pytest.FixtureRequest) -> Found:
    """What the ledger in the test's docstring gives, under the strict plugin."""
    return load(request.function.__doc__)


def test_an_increase_further_down_the_file_counts_on_its_day(found: Found) -> None:
    """
    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00

    2020-02-01 * "追加" ^zz-1
      doc: "示例预〔2020〕001号"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert found.messages == []


def test_a_refund_of_the_day_counts_before_its_payments(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00

    2020-03-01 * "再支付" ^zf-2
      line: "2020X01"
      支出 2010302 30213      40.00
      零余额                 -40.00

    2020-03-01 * "退回" ^th-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30213     -40.00
      零余额                  40.00
    """
    assert found.messages == []


def test_an_increase_of_the_next_day_does_not_count(found: Found) -> None:
    """
    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00

    2020-02-02 * "追加" ^zz-1
      doc: "示例预〔2020〕001号"
      可用 2020X01     100.00
      来源 03 11      -100.00
    """
    assert found.ids == [("R01", "zf-1")]


def test_the_decrease_with_the_last_id_is_the_one_too_many(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "编号在后，写在前" ^zf-3
      line: "2020X01"
      支出 2010302 30213      40.00
      零余额                 -40.00

    2020-02-01 * "编号在中" ^zf-2
      可用 2020X01     -40.00
      冻结 2020X01      40.00

    2020-02-01 * "编号在前，写在后" ^zf-1
      line: "2020X01"
      支出 2010302 30213      40.00
      零余额                 -40.00
    """
    assert found.ids == [("R01", "zf-3")]
    assert found.messages[0].endswith("可用 20.00 元，申请 40.00 元，缺口 20.00 元")


def test_whoever_takes_the_last_fen_is_not_to_blame(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "正好用完" ^zf-1
      line: "2020X01"
      支出 2010302 30213     100.00
      零余额                -100.00

    2020-02-01 * "已经没有" ^zf-2
      line: "2020X01"
      支出 2010302 30213       0.01
      零余额                  -0.01
    """
    assert found.ids == [("R01", "zf-2")]


def test_the_id_is_the_metadata_id_before_any_link(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 * "编号为 zf-9" ^a
      id: "zf-9"
      line: "2020X01"
      支出 2010302 30213      60.00
      零余额                 -60.00

    2020-02-01 * "编号为 zf-1" ^z
      id: "zf-1"
      line: "2020X01"
      支出 2010302 30213      60.00
      零余额                 -60.00
    """
    assert found.ids == [("R01", "a")]


DAY = (
    """
    2020-02-01 * "追加" ^zz-1
      doc: "示例预〔2020〕001号"
      可用 2020X01      45.00
      来源 03 11       -45.00
    """,
    """
    2020-02-01 * "支付" ^zf-1
      line: "2020X01"
      支出 2010302 30213      40.00
      零余额                 -40.00
    """,
    """
    2020-02-01 * "没有编号"
      line: "2020X01"
      支出 2010302 30213      30.00
      零余额                 -30.00
    """,
    """
    2020-02-01 * "没有编号"
      line: "2020X01"
      支出 2010302 30201      20.00
      零余额                 -20.00
    """,
)


@pytest.mark.parametrize("order", list(permutations(DAY)))
def test_a_day_reads_the_same_in_any_order(order: tuple[str, ...]) -> None:
    """Without ids what they say decides: 30201 办公费 comes before 30213 维修(护)费."""
    found = load("".join(order))
    assert [message.partition("按")[2] for message in found.messages] == [
        "指标额度可用 25.00 元，申请 30.00 元，缺口 5.00 元",
        "指标额度可用 -5.00 元，申请 40.00 元，缺口 45.00 元",
    ]


def test_payments_of_the_same_id_are_told_apart_by_what_they_say() -> None:
    def payment(amount: int) -> str:
        return f"""
    2020-02-01 * "编号重复" ^zf-1
      line: "2020X01"
      支出 2010302 30213      {amount}.00
      零余额                 -{amount}.00
    """

    one = load(DAY[0] + payment(20) + payment(40))
    other = load(DAY[0] + payment(40) + payment(20))
    assert one.messages == other.messages != []


@pytest.mark.parametrize("files", [("a", "b"), ("b", "a")])
def test_files_do_not_matter(tmp_path: Path, files: tuple[str, str]) -> None:
    """The payment may stand in a file that comes before that of the appropriation."""
    for file, entry in zip(files, DAY[:2], strict=True):
        (tmp_path / f"{file}.beancount").write_text(spelled(entry), "utf-8")
    included = "".join(f'include "{file}.beancount"\n' for file in sorted(files))
    top = tmp_path / "main.beancount"
    begun = opened(chart(MONEY_ENOUGH + "".join(DAY))) + spelled(MONEY_ENOUGH)
    top.write_text(header() + begun + included, "utf-8")
    assert loader.load_file(str(top))[1] == []


def test_what_is_not_reviewed_may_not_increase(found: Found) -> None:
    """
    2020-01-20 ! "批复，未复核" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-01-20 * "批复" ^pf-2
      可用 2020Q02     100.00
      来源 01 39      -100.00

    2020-01-20 * "批复" ^pf-3
      可用 2020X01       1.00
      来源 01 11        -1.00

    2020-01-21 * "支付，后来退回的" ^zf-0
      line: "2020X01"
      支出 2010302 30213       1.00
      零余额                  -1.00

    2020-02-01 ! "调剂，未复核" ^tj-1
      doc: "示例预〔2020〕001号"
      可用 2020Q02     -60.00
      可用 2020X01      60.00

    2020-02-02 ! "退回，未复核" ^th-1
      event: "refund"
      line: "2020X01"
      支出 2010302 30213      -1.00
      零余额                   1.00

    2020-02-03 ! "限额，未复核" ^xe-1
      限额可用 2 30201       5.00
      限额来源 2 30201      -5.00

    2020-02-04 * "调出的已不可用" ^sh-1
      可用 2020Q02     -40.01
      收回 2020Q02      40.01

    2020-02-05 * "调入的还不可用" ^zf-1
      line: "2020X01"
      支出 2010302 30213       0.01
      零余额                  -0.01
    """
    assert sorted(found.ids) == [
        ("R01", "sh-1"), ("R01", "zf-1"),
        ("S03", "pf-1"), ("S03", "th-1"), ("S03", "tj-1"), ("S03", "xe-1"),
    ]  # fmt: skip
    unreviewed = [message for message in found.messages if "[S03]" in message]
    assert unreviewed[0] == (
        "[S03] 2020-01-20 未复核的增加：功能科目 2010302，指标 2020X01 信访专项增加 100.00 元的凭证标有“!”，"
        "复核前不得增加可用额度；请复核后改为“*”"
    )


def test_what_is_not_reviewed_decreases_at_once(found: Found) -> None:
    """
    2020-01-20 * "批复" ^pf-1
      可用 2020X01     100.00
      来源 01 11      -100.00

    2020-02-01 ! "支付，未复核" ^zf-1
      line: "2020X01"
      支出 2010302 30213      60.00
      零余额                 -60.00

    2020-02-02 ! "占用，未复核" ^ht-1
      可用 2020X01     -40.00
      占用 2020X01      40.00

    2020-02-03 * "已无可用" ^zf-2
      line: "2020X01"
      支出 2010302 30213       0.01
      零余额                  -0.01
    """
    assert found.ids == [("R01", "zf-2")]
