"""The options that the commands for events have in common, and the types of their values."""

from __future__ import annotations

import re
from decimal import Decimal

import click

from yusuan.ledger import money
from yusuan.ledger.budget.layers import items_of_procurement
from yusuan.ledger.chart import chart_data
from yusuan.ledger.cli.chinese import Day
from yusuan.ledger.cli.chinese import OneOf
from yusuan.ledger.desk.share import Share
from yusuan.ledger.events.special import Special

CLASSES = ("人员", "公用")
_SHARE = re.compile(
    r"(?P<line>[^:=]+)(?::(?P<economic>[^:=]+))?(?::(?P<klass>[^:=]+))?=(?P<amount>.+)"
)


class Yuan(click.ParamType[Decimal]):
    """An amount in 元 on the command line, above zero."""

    name = "金额"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Read the amount; anything but a positive amount of whole fen is wrong usage."""
        try:
            amount = money.yuan(str(value))
        except money.MoneyError as error:
            self.fail(str(error), param, ctx)
        if amount <= 0:
            self.fail(f"金额应大于零，不是 {value}", param, ctx)
        return amount


class Words(click.ParamType[str]):
    """A text that says something."""

    name = "文字"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuse a blank one."""
        if not value.strip():
            self.fail("不能是空白", param, ctx)
        return value


class ShareOf(click.ParamType[Share]):
    """A share, written 2020J01:30201=100.00 or, where a 款 is both, 2020J01:30399:公用=100.00."""

    name = "份额"

    def convert(
        self, value: str | Share, param: click.Parameter | None, ctx: click.Context | None
    ) -> Share:
        """Read it."""
        if isinstance(value, Share):
            return value
        found = _SHARE.fullmatch(value)
        if found is None:
            self.fail(
                f"“{value}”应写作 指标=金额 或 指标:款=金额，例如 2020J01:30201=100.00", param, ctx
            )
        klass = found["klass"] or ""
        if klass and klass not in CLASSES:
            self.fail(f"“{value}”中的类别应为人员或公用，不是“{klass}”", param, ctx)
        amount = Yuan().convert(found["amount"], param, ctx)
        return Share(found["line"].strip(), found["economic"] or "", klass, amount)


class SpecialOf(click.ParamType[Special]):
    """A change of a special limit, written 0102=500.00; with a minus where `signed` allows it."""

    name = "专项"

    def __init__(self, *, signed: bool = False) -> None:
        """Say whether a limit may go down as well."""
        self._signed = signed

    def convert(
        self, value: str | Special, param: click.Parameter | None, ctx: click.Context | None
    ) -> Special:
        """Read it."""
        if isinstance(value, Special):
            return value
        item, _, text = value.partition("=")
        items = chart_data().special_items
        if item not in items or not text:
            known = "、".join(f"{code} {name}" for code, name in items.items())
            self.fail(f"“{value}”应写作 专项=金额，例如 0102=500.00；专项有 {known}", param, ctx)
        down = self._signed and text.startswith("-")
        amount = Yuan().convert(text.removeprefix("-") if down else text, param, ctx)
        return Special(item, -amount if down else amount)


SHARE = "指标[:款]=金额"

DATE = click.option("--date", "day", type=Day(), required=True, metavar="日期", help="记账日期")
LINE = click.option("--line", required=True, metavar="指标", help="指标编号")
AMOUNT = click.option("--amount", type=Yuan(), required=True, help="金额（元）")
ECONOMIC = click.option(
    "--economic", default="", metavar="编码", help="部门经济分类款级编码，有经济分类额度的指标必填"
)
CLASS = click.option("--class", "klass", type=OneOf(CLASSES), help="款同时有人员和公用额度时须注明")
TEXT = click.option("--text", type=Words(), required=True, metavar="文字", help="摘要")
PROCUREMENT = click.option(
    "--procurement", type=OneOf(list(items_of_procurement())), help="属政府采购的，注明类别"
)
SPECIAL = click.option(
    "--special",
    "specials",
    type=SpecialOf(),
    multiple=True,
    metavar="专项=金额",
    help="同时变动的三公或采购额度，例如 0102=500.00，可写多个",
)
APPROVER = click.option(
    "--approver",
    default="",
    metavar="单位",
    help="批准单位：跨科目、项目的调剂和增加三公经费额度的，写财政部门",
)
DOC = click.option("--doc", type=Words(), required=True, metavar="文号", help="依据的文号")
DOC_IF_ANY = click.option("--doc", default="", metavar="文号", help="依据的文号，如有")
ID = click.option("--id", "own_id", default="", metavar="编号", help="凭证编号，默认自动编号")
AUTHORISATION = click.option(
    "--authorisation",
    "authorised",
    multiple=True,
    metavar="编号",
    help="所依据的例外授权（authorise），可写多个",
)
DRY_RUN = click.option("--dry-run", is_flag=True, help="只显示，不写入")

#: The options that say which earlier entry is meant, and which part of it.
OF = click.option("--of", required=True, metavar="编号", help="原凭证编号")
PART_LINE = click.option("--line", default="", metavar="指标", help="原支付有几条指标时注明")
PART_ECONOMIC = click.option("--economic", default="", metavar="编码", help="原支付有几个款时注明")
TEXT_IF_ANY = click.option("--text", default="", metavar="文字", help="摘要，默认沿用原凭证的摘要")
