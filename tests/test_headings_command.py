"""`yusuan headings`: a file of another system's headings becomes readable by a mapping it proposes."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from tests.books import approved
from tests.books import run
from tests.executions import FOLDER
from tests.executions import PAYMENTS
from tests.executions import write

if TYPE_CHECKING:
    from pathlib import Path

STRANGE = [
    ["某系统导出"],
    ["支付凭证单号", "付讫日", "收款人名", "支付总金额", "科目A", "科目B", "资金性质类别", '说明"甲"'],
    ["P1", "2020-03-16", "物业公司", "100.00", "2010301", "30209", "11", "物业费"],
]  # fmt: skip


def test_every_heading_of_a_known_file_is_known() -> None:
    for path in FOLDER.glob("*.csv"):
        done = run("headings", path)
        assert (done.exit_code, "认出是" in done.stdout) == (0, True), done.output
    assert "各列都认识，不需要对照" in run("headings", PAYMENTS).stdout


def test_what_it_proposes_makes_the_file_readable(tmp_path: Path) -> None:
    book = approved(tmp_path / "账套")
    file = write(tmp_path / "a.csv", STRANGE)
    done = run("headings", file, "--book", book)
    assert "还认不出是什么文件" in done.stdout
    found = tomllib.loads(done.stdout)["headings"]
    assert found == {
        "number": ["支付凭证单号"],
        "day": ["付讫日"],
        "payee": ["收款人名"],
        "amount": ["支付总金额"],
        "function": ["科目A"],
        "economic": ["科目B"],
        "fund": ["资金性质类别"],
    }
    assert '# ？ = ["说明\\"甲\\""]' in done.stdout
    (book / "headings.toml").write_text(done.stdout, "utf-8")
    again = run("headings", file, "--book", book).stdout
    assert "认出是支付凭证" in again
    taken = run("import", file, "--book", book, "--yes")
    assert taken.exit_code == 0, taken.output
    assert '列“说明"甲"”不认识，没有读取' in taken.stdout


def test_two_columns_are_not_one(tmp_path: Path) -> None:
    rows = [["支付凭证号", "支付凭证的号"], ["P1", "P2"]]
    done = run("headings", write(tmp_path / "a.csv", rows))
    assert "像是 number（与“支付凭证号”相近（0.91）），但另有一列已经是" in done.stdout
