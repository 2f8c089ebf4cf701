"""`yusuan.toml`: read once, defaults without it, a clear refusal of anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.config import Assignment
from yusuan.ledger.config import ConfigError
from yusuan.ledger.config import Settings
from yusuan.ledger.config import load_settings

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
schema = "yusuan.book/1"

[unit]
name = "某单位"
kind = "事业"
years = [2020, 2021]
consolidated = true
notes = ["合成数据"]

[[assign]]
project = "X01"
function = "2010302"
fund = "11"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings stand."""
    return tmp_path / "yusuan.toml"


def test_everything_that_can_be_said(file: Path) -> None:
    file.write_text(WHOLE, "utf-8")
    assert load_settings(file) == Settings(
        unit="某单位",
        kind="事业",
        years=(2020, 2021),
        consolidated=True,
        expenditure="7201",
        assignments=(Assignment("X01", "2010302", "11"),),
        notes=("合成数据",),
        folder=file.parent,
    )


def test_no_file_gives_the_defaults(file: Path) -> None:
    assert load_settings(file) == Settings(folder=file.parent)
    file.write_text("", "utf-8")
    assert load_settings(file) == Settings(folder=file.parent)


@pytest.mark.parametrize(
    ("kind", "account"), [("行政", "7101"), ("参公", "7101"), ("事业", "7201")]
)
def test_the_kind_decides_the_expenditure_account(file: Path, kind: str, account: str) -> None:
    file.write_text(f'[unit]\nkind = "{kind}"\n', "utf-8")
    assert load_settings(file).expenditure == account
    file.write_text(f'[unit]\nkind = "{kind}"\nexpenditure = "7301"\n', "utf-8")
    assert load_settings(file).expenditure == "7301"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[unit\n", "不是正确的 TOML 文件"),
        ("colour = 1\n", "顶层有不认识的设置 colour，请检查拼写"),
        ("[unit]\nnmae = 1\nkid = 2\n", r"\[unit\]有不认识的设置 kid、nmae，请检查拼写"),
        ("unit = 1\n", r"unit 应为一节 \[unit\]"),
        ("[unit]\nname = 1\n", "name 应为加引号的文字"),
        ('[unit]\nkind = "公司"\n', "kind 应为 行政、参公、事业 之一，不是“公司”"),
        ("[unit]\nyears = 2020\n", "years 应为年份的列表"),
        ('[unit]\nyears = ["2020"]\n', "years 应为年份的列表"),
        ("[unit]\nyears = [true]\n", "years 应为年份的列表"),
        ("[unit]\nconsolidated = 1\n", "consolidated 应为 true 或 false"),
        ("[unit]\nnotes = 1\n", "notes 应为文字的列表"),
        ("[unit]\nnotes = [1]\n", "notes 应为文字的列表"),
        ("assign = 1\n", r"项目归属应写成 \[\[assign\]\] 各节"),
        ("assign = [1]\n", r"项目归属应写成 \[\[assign\]\] 各节"),
        ('[[assign]]\nproject = "X01"\n', "每节须有 project、function 和 fund"),
        ('[[assign]]\nprojekt = "X01"\n', r"\[\[assign\]\]有不认识的设置 projekt"),
        ('[[assign]]\nproject = "X"\nfunction = 2\nfund = "1"\n', "function 应为加引号的文字"),
    ],
)
def test_anything_else_is_refused(file: Path, text: str, why: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=why) as caught:
        load_settings(file)
    assert str(caught.value).startswith(f"{file}：")


def test_settings_in_another_encoding_are_refused(file: Path) -> None:
    file.write_bytes('[unit]\nname = "某单位"\n'.encode("gb18030"))
    with pytest.raises(ConfigError, match="不是正确的 TOML 文件"):
        load_settings(file)


def test_settings_that_cannot_be_read_are_refused(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ConfigError, match="读不出来"):
        load_settings(file)
