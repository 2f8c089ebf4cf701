"""Layouts that other offices print, made into PDF: both versions of 三公, flows of a fund, units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests import pdfs

from yusuan.importers.budget import recognise
from yusuan.importers.readers import pdf
from yusuan.importers.readers.ruled import plain
from yusuan.ledger.tables.identities import verify

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from yusuan.ledger.tables.model import Document
    from yusuan.ledger.tables.model import Table

STYLE = """<style>table { border-collapse: collapse } td { border: 1px solid black; padding: 3px }
.open td { border-left: 0; border-right: 0 } .open td + td { border-left: 1px solid black }
.lines td { border-left: 0; border-right: 0 }</style>"""
PUBLIC = """<h3>财政拨款“三公”经费支出决算表</h3><p>公开07表</p><p>单位：万元</p><table>
<tr><td colspan=2 rowspan=2>合计<td colspan=2 rowspan=2>因公出国<br>（境）费
<td colspan=6>公务用车购置及运行维护费<td colspan=2 rowspan=2>公务接待费
<tr><td colspan=2>小计<td colspan=2>公务用车<br>购置费<td colspan=2>公务用车<br>运行维护费<tr>"""
FUND = """<h3>政府性基金预算财政拨款收入支出决算表</h3><p>公开08表</p><p>金额单位：万元</p>
<table class=KIND><tr><td colspan=2>项目<td rowspan=2>年初结转和结余<td rowspan=2>本年收入
<td colspan=3>本年支出<td rowspan=2>年末结转和结余
<tr><td>功能分类科目编码<td>科目名称<td>小计<td>基本支出<td>项目支出
<tr><td>栏次<td><td>1<td>2<td>3<td>4<td>5<td>6
<tr><td colspan=2>合计<td>5.00<td>10.00<td>12.00<td>0.00<td>12.00<td>3.00
<tr><td>229<td>其他支出<td>5.00<td>10.00<td>12.00<td>0.00<td>12.00<td>3.00</table>"""
UNITS = """<h3>部门支出总表</h3><p>单位：元</p><table>
<tr><td>科目编码<td>单位名称（科目）<td>合计<td>基本支出<td>项目支出
<tr><td><td>合计<td>300.00<td>200.00<td>100.00
<tr><td>101001<td>某某局本级<td>200.00<td>150.00<td>50.00
<tr><td>201<td>一般公共服务支出<td>200.00<td>150.00<td>50.00
<tr><td>101002<td>某某局服务中心<td>100.00<td>50.00<td>50.00
<tr><td>201<td>一般公共服务支出<td>100.00<td>50.00<td>50.00</table>"""


def document(browser: Browser, html: str) -> Document:
    return recognise(pdf.read(pdfs.render(browser, STYLE + html), "a.pdf"))


def only(doc: Document) -> Table:
    assert doc.findings == ()
    (found,) = doc.tables
    return found


def test_the_budget_and_what_was_spent_are_two_rows(browser: Browser) -> None:
    heads = "<td>预算数<td>决算数" * 6
    amounts = "".join(f"<td>{n}.00" for n in (10, 8, 1, 1, 7, 6, 2, 2, 5, 4, 2, 1))
    doc = document(browser, f"{PUBLIC}{heads}<tr>{amounts}</table>")
    rows = {row.name: [cell.text for cell in row.amounts.values()] for row in only(doc).rows}
    assert rows == {
        "预算数": ["10.00", "1.00", "7.00", "2.00", "5.00", "2.00"],
        "决算数": ["8.00", "1.00", "6.00", "2.00", "4.00", "1.00"],
    }
    total = only(doc).total()
    assert total is not None
    assert total.name == "决算数"
    assert verify(doc).failed == ()


@pytest.mark.parametrize("kind", ["closed", "open", "lines"])
def test_the_flows_of_a_fund_add_up(browser: Browser, kind: str) -> None:
    doc = document(browser, FUND.replace("KIND", kind))
    assert {key: only(doc).rows[1].amount(key) for key in only(doc).columns} == {
        "opening": Decimal(50_000),
        "revenue": Decimal(100_000),
        "total": Decimal(120_000),
        "basic": Decimal(0),
        "project": Decimal(120_000),
        "closing": Decimal(30_000),
    }
    assert "B18" not in {each.id for each in verify(doc).failed}
    assert verify(doc).failed == ()


def test_what_is_not_carried_forward_is_a_fault(browser: Browser) -> None:
    doc = document(browser, FUND.replace("<td>3.00</table>", "<td>4.00</table>"))
    assert {each.id for each in verify(doc).failed} == {"B03"}


def test_numbers_without_lines_and_without_a_header_are_reported(browser: Browser) -> None:
    rows = FUND.replace("KIND", "lines").partition("<tr><td>栏次")[2].partition("<tr>")[2]
    title = FUND.partition("<table")[0]
    doc = document(browser, f"{title}<table class=lines><tr>{rows}")
    assert [(each.rule, each.severity.value) for each in doc.findings] == [("D01", "stop")]


def test_each_unit_is_checked_for_itself(browser: Browser) -> None:
    doc = document(browser, UNITS)
    assert [row.level for row in only(doc).rows] == ["合计", "单位", "类", "单位", "类"]
    assert verify(doc).failed == ()
    wrong = document(browser, UNITS.replace("支出<td>100.00", "支出<td>101.00"))
    assert {each.id for each in verify(wrong).failed} == {"B03"}


def test_radicals_are_read_as_the_ideographs_they_look_like() -> None:
    assert plain("公务⽤⻋") == "公务用车"
