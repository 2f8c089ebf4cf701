"""Bytes to grids: encodings, the two layouts of text, CSV, limits, and what is never kept."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yusuan.importers import readers
from yusuan.importers.readers import csv as csv_reader
from yusuan.importers.readers import limits
from yusuan.importers.readers import read
from yusuan.importers.readers import txt
from yusuan.importers.readers.encoding import decode
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.privacy import without_contacts

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.importers.readers.grid import Grid


def texts(grid: Grid) -> list[list[str]]:
    return [row.texts for row in grid.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(encoding: str) -> None:
    text = "单位：元\n合计\t1.00\n"
    assert decode(text.encode(encoding), "a.txt") == (text, decode(text.encode(encoding), "")[1])
    assert texts(txt.read(text.encode(encoding), "a.txt"))[1] == ["合计", "1.00"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xff\xff", "编码"),
        ("一\n二\0".encode(), "第 2 行有空字符"),
        ("乱\ufffd码".encode(), "第 1 行有替换字符"),
    ],
)
def test_a_damaged_text_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=said):
        txt.read(data, "a.txt")


@given(
    st.text(
        alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd\ufeff")
    )
)
def test_utf8_never_becomes_other_characters(text: str) -> None:
    assert decode(text.encode(), "a.txt")[0] == text


def test_a_cell_a_line_ends_its_row_at_a_blank_line() -> None:
    grid = txt.read("说明\n\t一\n\t\n\t3.00\n\n\t四\n\t五\n".encode(), "a.txt")
    assert texts(grid) == [["说明"], ["一", "", "3.00"], ["四", "五"]]
    assert [row.free for row in grid.rows] == [True, False, False]
    assert grid.rows[1].cells[2].where.line == 4
    assert str(grid.rows[1].cells[2].where) == "第 4 行"


def test_the_empty_frame_of_rows_is_taken_off_but_not_an_empty_last_cell() -> None:
    framed = "\t\n\t一\n\t\n\t2.00\n\t\n\n\t\n\t三\n\t\n\t\n\n"
    assert texts(txt.read(framed.encode(), "a.txt")) == [["一", "", "2.00"], ["三", ""]]
    bare = "\t一\n\t2.00\n\n\t三\n\t\n\n"
    assert texts(txt.read(bare.encode(), "a.txt")) == [["一", "2.00"], ["三", ""]]


def test_a_cell_broken_over_two_lines_is_one_cell() -> None:
    grid = txt.read("\t事业单位\n经营收入\n\t其他收入\n".encode(), "a.txt")
    assert texts(grid) == [["事业单位经营收入", "其他收入"]]


def test_a_row_a_line_keeps_blank_cells() -> None:
    grid = txt.read("标题\n类\t款\t名称\t合计\n201\t\t一般\t1.00\n".encode(), "a.txt")
    assert texts(grid) == [["标题"], ["类", "款", "名称", "合计"], ["201", "", "一般", "1.00"]]


def test_csv_cells_know_line_and_column() -> None:
    grid = csv_reader.read('甲,"乙\n丙",1.00\n丁,,\n'.encode(), "a.csv")
    assert texts(grid) == [["甲", "乙 丙", "1.00"], ["丁", "", ""]]
    assert str(grid.rows[1].cells[0].where) == "第 3 行第 1 列"


def test_broken_csv_is_refused() -> None:
    with pytest.raises(ReadError, match="不是合格的 CSV"):
        csv_reader.read('"甲"乙,1\n'.encode(), "a.csv")


cell = st.text(alphabet="甲乙,\"'0123456789.", max_size=5)


@given(st.lists(st.lists(cell, min_size=1, max_size=4), max_size=6))
def test_csv_reads_what_was_written(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    assert texts(csv_reader.read(written.getvalue().encode(), "a.csv")) == rows


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ppt", b"\xd0\xcf\x11\xe0", "不支持“.ppt”文件"),
        ("a.txt", b"%PDF-1.7", "内容是 PDF"),
        ("a.csv", b"PK\x03\x04", "内容是 xlsx 或 docx"),
        ("a", b"", "不支持“无扩展名”文件"),
    ],
)
def test_another_format_is_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=said) as refused:
        read(tmp_path / name)
    assert str(refused.value).endswith("。")
    assert str(tmp_path) not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="打不开"):
        read(tmp_path / "none.txt")


def test_bytes_at_the_limit_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 4)
    path = tmp_path / "a.txt"
    path.write_bytes(b"abcd")
    assert read(path).sha256 == "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"
    path.write_bytes(b"abcde")
    with pytest.raises(ReadError, match="超过 4 字节"):
        read(path)


@pytest.mark.parametrize(
    ("limit", "value", "good", "bad", "said"),
    [
        ("MAX_ROWS", 2, "a\nb\n", "a\nb\nc\n", "超过 2 行"),
        ("MAX_COLUMNS", 2, "a,b\n", "a,b,c\n", "超过 2 列"),
        ("MAX_CELLS", 4, "a,b\nc,d\n", "a,b\nc,d\ne\n", "超过 4 个单元格"),
    ],
)
def test_a_grid_at_its_limit_passes_and_beyond_is_refused(
    limit: str, value: int, good: str, bad: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, limit, value)
    csv_reader.read(good.encode(), "a.csv")
    with pytest.raises(ReadError, match=said):
        csv_reader.read(bad.encode(), "a.csv")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (
            [["联系人：", "某某", "联系电话：", "000", "总金额", "1.00"]],
            [["联系人：", "", "联系电话：", "", "总金额", "1.00"]],
        ),
        (
            [["联系电话：", "", "总预算金额（元）", "1.00"]],
            [["联系电话：", "", "总预算金额（元）", "1.00"]],
        ),
        ([["联系人：", "777,777.77"]], [["联系人：", "777,777.77"]]),
        ([["联系电话：", "", "000", "1.00"]], [["联系电话：", "", "", "1.00"]]),
        ([["联系人", "某某"]], [["联系人", ""]]),
        (
            [["联系人：", "", "联系电话：", "", "总额：", "1.00"]],
            [["联系人：", "", "联系电话：", "", "总额：", "1.00"]],
        ),
        (
            [["单位", "联系人", "金额"], ["甲", "某某", "1.00"]],
            [["单位", "联系人", "金额"], ["甲", "", "1.00"]],
        ),
        ([["联系人：某某 电话：000-111，详见附件"]], [["联系人： 电话：，详见附件"]]),
        ([["来电（包括传真、电话、电子邮件）"]], [["来电（包括传真、电话、电子邮件）"]]),
    ],
)
def test_contact_persons_and_phones_are_dropped(
    rows: list[list[str]], kept: list[list[str]]
) -> None:
    assert without_contacts(rows) == kept
