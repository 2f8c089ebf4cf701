"""The commands on a book: what they print, what they write, how they leave."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

import pytest
from tests.books import add
from tests.books import approved
from tests.books import change
from tests.books import empty
from tests.books import pay
from tests.books import received
from tests.books import run
from wcwidth import wcswidth

if TYPE_CHECKING:
    from pathlib import Path

BYS = ("function", "economic", "project", "fund", "line")
AMOUNTS = ("approved", "adjusted", "available", "frozen", "committed", "spent")
MONEY = re.compile(r"-?\d+\.\d\d")
NOT_APPLICABLE = (
    "R02、R07、R08、R10、R11、R12、R13、R14、R15、R16、R18、R21、R25、R26、R28、R29、S09、S11、S14"
)
ALL_RULES = (
    "R01、R03、R04、R05、R06、R09、R17、R19、R20、R22、R23、R24、R27、R30、"
    "S01、S02、S03、S04、S05、S06、S07、S08、S10、S12、S13"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return approved(tmp_path / "账套")


@pytest.fixture
def paid(book: Path) -> Path:
    """A book with three payments: within the economic layer, outside it, and of other money."""
    assert pay(received(book)).exit_code == 0
    assert (
        pay(book, date="2020-04-01", line="2020X01", economic="30227", amount="1000").exit_code == 0
    )
    assert (
        pay(book, date="2020-05-06", line="2020X03", economic="30201", amount="0.01").exit_code == 0
    )
    return book


def data(*arguments: str | Path) -> Any:
    done = run(*arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return json.loads(done.stdout)


# --- init and check -------------------------------------------------------------


def test_init(tmp_path: Path) -> None:
    folder = tmp_path / "甲"
    done = run("init", folder, "--unit", "甲单位", "--year", "2020", "--kind", "参公")
    assert done.exit_code == 0
    assert done.stdout == (
        f"已建立账套 {folder}：甲单位，2020年，参公单位\n下一步：yusuan import 预算文件 --book {folder}\n"
    )


def test_check(paid: Path) -> None:
    done = run("check", paid)
    assert done.exit_code == 0
    assert done.stdout.endswith(
        f"已运行规则 25 条：{ALL_RULES}\n"
        f"不适用规则 19 条（账上没有所需的内容）：{NOT_APPLICABLE}\n检查通过\n"
    )
    shape = data("check", paid)
    assert set(shape) == {
        "schema", "ok", "rules_run", "not_applicable", "switched_off", "findings", "authorisations"
    }  # fmt: skip
    assert "、".join(shape["not_applicable"]) == NOT_APPLICABLE
    assert shape["switched_off"] == []
    assert (shape["schema"], shape["ok"]) == ("yusuan.check/1", True)
    assert "、".join(shape["rules_run"]) == ALL_RULES


def test_check_says_where(paid: Path) -> None:
    change(paid / "2020" / "2020-03.beancount", " -100.00 CNY", " -100.01 CNY")
    done = run("check", paid)
    assert done.exit_code == 1
    assert (
        "不通过  2020/2020-03.beancount:6: [L09] 凭证借贷不平，相差 -0.01 CNY；请改正金额"
        in done.stdout
    )
    assert done.stdout.endswith("检查未通过\n")
    (finding,) = json.loads(run("check", paid, "--json").stdout)["findings"]
    assert set(finding) == {"rule", "severity", "message", "file", "lineno"}
    assert (finding["rule"], finding["severity"], finding["lineno"]) == ("L09", "stop", 6)


def test_strict_makes_warnings_stop(paid: Path) -> None:
    (paid / ".main.beancount.picklecache").touch()
    assert run("check", paid).exit_code == 0
    assert run("check", paid, "--strict").exit_code == 1
    assert json.loads(run("check", paid, "--strict", "--json").stdout)["ok"] is False


@pytest.mark.parametrize(
    "command",
    [["lines"], *(["execution", "--by", by] for by in BYS), ["available", "--line", "2020J01"]],
)
def test_no_report_of_a_book_that_does_not_check(paid: Path, command: list[str]) -> None:
    add(paid / "2020" / "2020-03.beancount", "\n2020-03-17 open Assets:1\n")
    done = run(command[0], paid, *command[1:])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "S06" in done.stderr or "S04" in done.stderr
    forced = run(command[0], paid, *command[1:], "--force")
    assert forced.exit_code == 0
    assert forced.stdout


@pytest.mark.parametrize("command", [["lines"], *(["execution", "--by", by] for by in BYS)])
def test_reports_of_an_empty_book(tmp_path: Path, command: list[str]) -> None:
    assert run(command[0], empty(tmp_path / "空"), *command[1:]).exit_code == 0


# --- lines, available, execution --------------------------------------------------


def test_lines(paid: Path) -> None:
    shape = data("lines", paid)
    assert shape["schema"] == "yusuan.lines/1"
    rows = {row["line"]: row for row in shape["rows"]}
    assert len(rows) == 10
    assert rows["2020X03"] == {
        "level": "指标", "code": "2020X03", "name": "宣传与推广（新招公务员实习基地经费）",
        "line": "2020X03", "fund": "39", "function": "2010302", "class": "项目", "project": "2020X03",
        "approved": "50000.00", "adjusted": "50000.00", "available": "49999.99",
        "frozen": "0.00", "committed": "0.00", "spent": "0.01", "rate": "0.0000",
    }  # fmt: skip
    assert rows["2020J01"]["project"] is None
    assert shape["total"]["spent"] == "1100.01"


@pytest.mark.parametrize("by", BYS)
def test_execution_as_json(paid: Path, by: str) -> None:
    shape = data("execution", paid, "--by", by)
    assert {"schema", "as_of", "by", "rows", "total"} <= set(shape)
    assert (shape["schema"], shape["by"], shape["as_of"]) == (
        "yusuan.execution/1",
        by,
        "2020-05-06",
    )
    assert shape["time_progress"] == str((Decimal(127) / 366).quantize(Decimal("0.0001")))
    for row in [*shape["rows"], shape["total"]]:
        assert {"level", "code", "name", *AMOUNTS, "rate"} <= set(row)
        for key in AMOUNTS:
            assert row[key] is None or MONEY.fullmatch(row[key])
        assert ("spent_outside" in row) is (by == "economic")


def test_execution_by_each_dimension(paid: Path) -> None:
    def spent(by: str) -> dict[str, str]:
        rows = data("execution", paid, "--by", by)["rows"]
        return {row["code"]: row["spent"] for row in rows if row["spent"] not in (None, "0.00")}

    assert spent("function") == {
        "201": "1100.01", "20103": "1100.01", "2010301": "100.00", "2010302": "1000.01",
    }  # fmt: skip
    assert spent("economic") == {"302": "100.00", "30209": "100.00"}
    assert spent("project") == {"2020X01": "1000.00", "2020X03": "0.01"}
    assert spent("fund") == {"11": "1100.00", "39": "0.01"}
    assert spent("line") == {"2020J01": "100.00", "2020X01": "1000.00", "2020X03": "0.01"}


def test_spending_outside_the_economic_layer_stands_apart(paid: Path) -> None:
    shape = data("execution", paid, "--by", "economic")
    rows = {row["code"]: row for row in shape["rows"]}
    assert rows["30227"]["approved"] is None
    assert rows["30227"]["available"] is None
    assert rows["30227"]["spent_outside"] == "1000.00"
    assert rows["302"]["spent_outside"] == "1000.01"
    assert rows["30209"]["spent_outside"] == "0.00"
    assert shape["total"]["approved"] == "5626201.85"


def test_execution_as_of_a_day(paid: Path) -> None:
    for day, spent in (("2020-03-15", "0.00"), ("2020-03-16", "100.00"), ("2020-12-31", "1100.01")):
        shape = data("execution", paid, "--by", "fund", "--as-of", day)
        assert (shape["as_of"], shape["total"]["spent"]) == (day, spent)


def test_available(paid: Path) -> None:
    shape = data("available", paid, "--line", "2020J01", "--economic", "30209")
    assert (shape["schema"], shape["economic"], shape["problem"]) == (
        "yusuan.available/1",
        "30209",
        None,
    )
    assert shape["available"] == "497900.00"
    assert [(each["layer"], each["available"], each["binding"]) for each in shape["layers"]] == [
        ("line", "4389003.48", False),
        ("economic", "497900.00", True),
    ]
    alone = data("available", paid, "--line", "2020X03")
    assert (alone["available"], alone["fund"], alone["class"]) == ("49999.99", "39", "项目")
    closed = data("available", paid, "--line", "2020J01", "--economic", "30212")
    assert closed["available"] == "0.00"
    assert "没有额度" in closed["problem"]


def test_available_of_an_unknown_line(paid: Path) -> None:
    done = run("available", paid, "--line", "2020Z99")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "没有编号为 2020Z99 的指标" in done.stderr


@pytest.mark.parametrize(
    "command", [["lines"], *(["execution", "--by", by] for by in BYS), ["rules"]], ids=" ".join
)
def test_tables_line_up(paid: Path, command: list[str]) -> None:
    lines = run(
        command[0], *([] if command == ["rules"] else [paid]), *command[1:]
    ).stdout.splitlines()
    rule = next(at for at, line in enumerate(lines) if set(line) == {"-", " "})
    width = wcswidth(lines[rule])
    for line in lines[rule + 1 :]:
        assert wcswidth(line) <= width
        if command != ["rules"]:  # every last column is a number, aligned right
            assert wcswidth(line) == width, line
