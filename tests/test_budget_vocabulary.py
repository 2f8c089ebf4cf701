"""The words of titles and columns are data, which a user extends; control totals of what was read."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from yusuan.importers.budget import recognise
from yusuan.importers.budget.vocabulary import VocabularyError
from yusuan.importers.budget.vocabulary import load
from yusuan.importers.readers import txt
from yusuan.ledger.tables.control import control_text

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.tables.model import Document

TEXT = """2023年部门花销明细表
单位：元
编码|名称|总花销|日常花销|专门花销
201|一般公共服务支出|150|100|50
20103|政府办公厅（室）及相关机构事务|150|100|50
合计||150|100|50
"""
WORDS = """
[columns]
total = ['总花销']
basic = ['日常花销']
project = ['专门花销']

[[table]]
id = "T3"
title = '花销明细表'
shape = "functional"
columns = ["total", "basic", "project"]
"""


def document(words: Path | None) -> Document:
    return recognise(txt.read(TEXT.replace("|", "\t").encode(), "a.txt"), load(words))


def test_what_the_package_does_not_know_a_user_adds(tmp_path: Path) -> None:
    assert document(None).table("T3") is None
    words = tmp_path / "words.toml"
    words.write_text(WORDS, encoding="utf-8")
    found = document(words).table("T3")
    assert found is not None
    assert [[row.amount(key) for key in found.columns] for row in found.rows] == [
        [Decimal(150), Decimal(100), Decimal(50)]
    ] * 3
    assert control_text(found) == "读出 3 行：类 1 行 150.00，款 1 行 150.00，合计 1 行 150.00。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[columns", "不是正确的 TOML 文件"),
        ("[columns]\nsomething = ['甲']", "没有这样的列：something"),
        ("[columns]\ntotal = ['(']", "写法不对"),
        ("[[table]]\nid = 'T3'", "写法不对"),
        ("[[table]]\nid='T3'\ntitle='甲'\nshape='round'\ncolumns=[]", "没有这样的 shape：round"),
    ],
)
def test_words_that_cannot_be_used_are_refused(tmp_path: Path, text: str, said: str) -> None:
    words = tmp_path / "words.toml"
    words.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=said):
        load(words)
