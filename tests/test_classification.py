"""What the supplied code tables say of a code on a day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from yusuan.ledger.classification import Classification
from yusuan.ledger.classification import CodeTableError
from yusuan.ledger.classification import Scheme
from yusuan.ledger.classification import Verdict
from yusuan.ledger.classification import load
from yusuan.ledger.classification import path
from yusuan.ledger.classification import rows
from yusuan.ledger.classification import well_formed
from yusuan.ledger.classification.crosswalk import predecessors
from yusuan.ledger.classification.crosswalk import successors
from yusuan.ledger.classification.tables import _DATA

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def codes() -> Classification:
    return load()


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("20805", 2019, "行政事业单位离退休"),
        ("20805", 2020, "行政事业单位养老支出"),
        ("2080501", 2019, "归口管理的行政单位离退休"),
        ("2080501", 2020, "行政单位离退休"),
        ("207", 2018, "文化体育与传媒支出"),
        ("207", 2019, "文化旅游体育与传媒支出"),
        ("215", 2019, "资源勘探信息等支出"),
        ("215", 2020, "资源勘探工业信息等支出"),
        ("2013804", 2023, "市场主体管理"),
        ("2013804", 2024, "经营主体管理"),
        ("2013804", 2019, None),
        ("30311", 2019, None),  # 住房公积金 until 2017: the digits alone say nothing
        ("30311", 2020, "代缴社会保险费"),
    ],
)
def test_a_code_means_what_it_meant_that_year(
    codes: Classification, code: str, year: int, name: str | None
) -> None:
    table = codes.functional if code.startswith("2") else codes.economic
    assert table.name(code, date(year, 7, 1)) == name


def test_a_meaning_changes_at_midnight(codes: Classification) -> None:
    assert codes.functional.name("20805", date(2019, 12, 31)) == "行政事业单位离退休"
    assert codes.functional.name("20805", date(2020, 1, 1)) == "行政事业单位养老支出"
    assert codes.functional.get("22006", date(2024, 3, 28)) is None
    assert codes.functional.get("22006", date(2024, 3, 29)) is not None


@pytest.mark.parametrize(
    ("scheme", "code", "on", "verdict"),
    [
        (Scheme.FUNCTIONAL, "2010301", date(2020, 1, 1), Verdict.VALID),
        (Scheme.FUNCTIONAL, "2010102", date(2020, 1, 1), Verdict.UNVERIFIED),
        (Scheme.FUNCTIONAL, "2010308", date(2024, 1, 1), Verdict.UNVERIFIED),  # memory says ended
        (Scheme.FUNCTIONAL, "20139", date(2023, 12, 31), Verdict.EXPIRED),
        (Scheme.FUNCTIONAL, "20139", date(2024, 1, 1), Verdict.VALID),
        (Scheme.FUNCTIONAL, "2999901", date(2020, 1, 1), Verdict.UNKNOWN),
        (Scheme.FUNCTIONAL, "3010101", date(2020, 1, 1), Verdict.MALFORMED),
        (Scheme.ECONOMIC, "30101", date(2020, 1, 1), Verdict.VALID),
        (Scheme.ECONOMIC, "30311", date(2019, 12, 31), Verdict.EXPIRED),
        (Scheme.ECONOMIC, "30210", date(2020, 1, 1), Verdict.UNKNOWN),
        (Scheme.GOVERNMENT, "50801", date(2023, 1, 1), Verdict.UNVERIFIED),  # ended in "2021?"
        (Scheme.INCOME, "1030182", date(2024, 3, 29), Verdict.VALID),
        (Scheme.SOURCE, "R1", date(2020, 1, 1), Verdict.VALID),
    ],
)
def test_verdicts(
    codes: Classification, scheme: Scheme, code: str, on: date, verdict: Verdict
) -> None:
    assert codes.table(scheme).verdict(code, on) is verdict


@pytest.mark.parametrize(
    "code",
    ["", "20", "2010", "201030", "20103011", "２０１", "201a3", " 201", "201\n", "-201", "٢٠١"],
)
def test_a_code_is_ascii_digits_of_the_right_number(codes: Classification, code: str) -> None:
    assert codes.functional.verdict(code, date(2020, 1, 1)) is Verdict.MALFORMED
    with pytest.raises(CodeTableError, match="请核对编码"):
        path(code)


def test_path_goes_by_digits() -> None:
    assert path("2010301") == ("201", "20103", "2010301")
    assert path("30209") == ("302", "30209")
    assert path("501") == ("501",)
    assert path("103018201") == ("103", "10301", "1030182", "103018201")
    with pytest.raises(CodeTableError):
        path("3020901")  # economic codes end at 款


@pytest.mark.parametrize(
    ("scheme", "code", "printed"),
    [
        (Scheme.ECONOMIC, "30110", "职业基本医疗保险缴费"),
        (Scheme.ECONOMIC, "30399", "其他对个人和家庭的补助支出"),
        (Scheme.ECONOMIC, "30212", "因公出国(境)费用"),
        (Scheme.ECONOMIC, "30213", "　维修（护） 费"),
        (Scheme.FUNCTIONAL, "2080599", "其它行政事业单位养老支出"),
        (Scheme.FUNCTIONAL, "20103", "政府办公厅(室)及相关机构事务"),
        (Scheme.SOURCE, "R4", "事业单位经营收入"),
        (Scheme.SOURCE, "R11", "一般公共预算资金"),
    ],
)
def test_printed_variants_are_recognised(
    codes: Classification, scheme: Scheme, code: str, printed: str
) -> None:
    assert codes.table(scheme).matches(code, date(2020, 1, 1), printed)


def test_other_names_are_not(codes: Classification) -> None:
    assert not codes.economic.matches("30110", date(2020, 1, 1), "公务员医疗补助缴费")
    assert not codes.functional.matches("20805", date(2020, 1, 1), "行政事业单位离退休")
    assert not codes.economic.matches("30311", date(2017, 1, 1), "代缴社会保险费")


@pytest.mark.parametrize(
    ("economic", "kind", "government"),
    [
        ("30101", "行政", "50101"),
        ("30101", "参公", "50101"),
        ("30101", "事业", "50501"),
        ("30209", "行政", "50201"),
        ("31002", "事业", "50601"),
        ("30107", "行政", None),  # 绩效工资: for public institutions only
        ("30107", "事业", "50501"),
        ("312", "行政", None),  # 507 or 508
        ("31101", "行政", "50802"),
        ("30299", "行政", "50299"),
        ("30210", "行政", None),
    ],
)
def test_the_government_code_of_an_economic_code(
    codes: Classification, economic: str, kind: str, government: str | None
) -> None:
    assert codes.government_for(economic, date(2020, 6, 1), kind) == government


def test_the_government_code_is_one_in_force(codes: Classification) -> None:
    assert codes.government_for("31101", date(2023, 6, 1), "行政") is None


def test_a_kind_of_unit_that_is_none(codes: Classification) -> None:
    with pytest.raises(ValueError, match=r"企业.*请填行政、参公或事业"):
        codes.government_for("30101", date(2020, 1, 1), "企业")


def test_doubted_years_are_kept_and_lower_the_row(codes: Classification) -> None:
    (row,) = codes.government.versions("50801")
    assert (row.valid_to, row.confidence) == (date(2021, 12, 31), "recalled-low")
    assert "2018—2021?" in row.note


def test_a_code_to_confirm_is_listed_once(codes: Classification) -> None:
    listed = codes.unconfirmed(
        [
            (Scheme.ECONOMIC, "39907", date(2020, 3, 1)),
            (Scheme.FUNCTIONAL, "2010102", date(2020, 5, 1)),
            (Scheme.FUNCTIONAL, "2010102", date(2020, 2, 1)),
            (Scheme.FUNCTIONAL, "2999901", date(2020, 2, 1)),
            (Scheme.FUNCTIONAL, "2010301", date(2020, 2, 1)),  # certified
            (Scheme.FUNCTIONAL, "abc", date(2020, 2, 1)),  # not to confirm but to correct
        ]
    )
    assert [item.code for item in listed] == ["2010102", "2999901", "39907"]
    assert listed[0].first_used == date(2020, 2, 1)
    assert "2010102（一般行政管理事务）未经公开文件核实" in listed[0].message
    assert "2999901在2020年的科目表中没有找到" in listed[1].message


def test_what_became_of_a_code() -> None:
    (step,) = successors("2010308", 2024)
    assert (step.new, step.confidence) == ("20140", "recalled-medium")
    assert successors("2010308", 2023) == ()
    assert [step.old for step in predecessors("20140", 2026)] == ["2010308"]


def test_the_crosswalk_joins_codes_of_the_tables(codes: Classification) -> None:
    for _, record in rows.records(
        (_DATA / "crosswalk.csv").read_text(encoding="utf-8"), "crosswalk.csv", ("old_code",)
    ):
        table = codes.table(Scheme(record["scheme"]))
        year = int(record["from_year"])
        assert table.get(record["old_code"], date(year - 1, 12, 31)) is not None
        assert table.get(record["new_code"], date(year, 12, 31)) is not None


def test_aliases_belong_to_a_meaning_in_the_tables(codes: Classification) -> None:
    for _, record in rows.records(
        (_DATA / "aliases.csv").read_text(encoding="utf-8"), "aliases.csv", ("alias",)
    ):
        versions = codes.table(Scheme(record["scheme"])).versions(record["code"])
        assert record["name"] in {row.name for row in versions}


def test_the_sample_document_prints_known_codes(codes: Classification, documents: Path) -> None:
    """Every code of the sample's tables is in force in 2020, under its name or a known variant."""
    (sample,) = documents.glob("松江*.txt")
    cells = re.split(r"[\t\n]+", sample.read_text(encoding="utf-8"))
    parts: list[str] = []
    printed: set[tuple[str, str]] = set()
    for cell in filter(None, map(str.strip, cells)):
        if re.fullmatch(r"[0-9]{2,3}", cell):
            parts.append(cell)
            continue
        code = "".join(parts)
        if parts and len(parts[0]) == 3 and len(parts) <= 3:
            printed.add((code, cell))
        parts = []
    assert len(printed) > 30
    for code, name in printed:
        scheme = Scheme.FUNCTIONAL if code.startswith("2") else Scheme.ECONOMIC
        if well_formed(scheme, code):
            assert codes.table(scheme).matches(code, date(2020, 6, 1), name), (code, name)
