"""`yusuan read` and `yusuan verify`: what they print and how they leave."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result
from wcwidth import wcswidth

from yusuan.ledger.cli import main

FOLDER = Path(__file__).parent / "documents"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_read_shows_the_tables_and_the_identities() -> None:
    result = run("read", str(FOLDER / "rows.txt"))
    assert result.exit_code == 0
    assert "示例区综合服务中心 2023年部门预算（rows.txt）" in result.output
    assert "170,100.10" in result.output
    assert "勾稽关系：核对 206 项，相符 205 项，不符 1 项；缺少数据而不适用：B11。" in result.output
    assert "示例人" not in result.output


def test_columns_line_up_by_what_characters_occupy() -> None:
    lines = run("read", str(FOLDER / "rows.txt")).output.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("T3"))
    table = lines[start + 1 : start + 11]
    assert len({wcswidth(line) for line in table if line.endswith("00") or "-" in line}) == 1


def test_read_as_json() -> None:
    result = run("read", str(FOLDER / "rectangular.csv"), "--json")
    shape = json.loads(result.output)
    assert shape["schema"] == "yusuan.document/1"
    assert shape["identities"] == {
        "checked": 206,
        "passed": 205,
        "failed": 1,
        "not_applicable": ["B11"],
    }
    assert [(each["rule"], each["severity"]) for each in shape["findings"]] == [("B15", "warn")]
    (control,) = [each for each in shape["control"] if each["table"] == "T3"]
    whole = next(each for each in control["levels"] if each["level"] == "合计")
    levels = {each["level"]: each["amount"] for each in control["levels"]}
    assert control["rows"] == sum(each["rows"] for each in control["levels"])
    assert levels["类"] == levels["款"] == levels["项"] == whole["amount"]
    (spending,) = [table for table in shape["tables"] if table["id"] == "T3"]
    assert spending["rows"][2]["amounts"] == {
        "total": "100100.10",
        "basic": "100100.10",
        "project": None,
    }


def test_verify_counts_each_identity() -> None:
    result = run("verify", str(FOLDER / "cells.txt"))
    assert result.exit_code == 0
    assert "B11     机关运行经费等于公用经费" in result.output
    assert "申报金额之和 75,000.00，不符，差 -5,000.00 元" in result.output


@pytest.mark.parametrize("command", ["read", "verify"])
def test_tables_that_do_not_tie_out_leave_with_1(command: str, tmp_path: Path) -> None:
    text = (FOLDER / "rectangular.csv").read_text(encoding="utf-8-sig")
    path = tmp_path / "a.csv"
    path.write_text(
        text.replace('"15,000.00"', '"15,000.01"', 1).replace("15,000.00", "15,000.01", 1),
        encoding="utf-8",
    )
    result = run(command, str(path), "--json")
    assert result.exit_code == 1
    shape = json.loads(result.output)
    assert {each["rule"] for each in shape["findings"] if each["severity"] == "stop"} == {"B09"}
    if command == "verify":
        assert shape["ok"] is False


@pytest.mark.parametrize("command", ["read", "verify"])
@pytest.mark.parametrize("name", ["没有.txt", "账.pdf"])
def test_a_file_that_cannot_be_read_leaves_with_2(command: str, name: str, tmp_path: Path) -> None:
    result = run(command, str(tmp_path / name))
    assert result.exit_code == 2
    assert result.stderr.startswith(f"错误：{name}：")
    assert result.stdout == ""
