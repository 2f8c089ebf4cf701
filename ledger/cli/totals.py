"""The control totals of what is imported, shown before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.line import group_of
from yusuan.ledger.chart import chart_data
from yusuan.ledger.events.allotment import word
from yusuan.ledger.events.payment import METHOD_NAMES
from yusuan.ledger.events.payment import Payment
from yusuan.ledger.money import ZERO
from yusuan.ledger.tables.layout import grid
from yusuan.ledger.tables.layout import money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence
    from decimal import Decimal

    from yusuan.importers.execution.booked import Planned
    from yusuan.importers.execution.record import Execution
    from yusuan.ledger.budget.allotment import Allotment
    from yusuan.ledger.budget.allotment import AllotmentList
    from yusuan.ledger.budget.allotment import Share
    from yusuan.ledger.budget.plan import Plan

#: Said of a file whose rows nothing vouches for.
WITHOUT_TOTALS = "文件没有印合计，行数和金额无从核对，请自行核对上面的合计"
#: So many rows of a file are shown one by one.
_MOST = 500


def plan_text(plan: Plan) -> str:
    """Write a plan's lines, economic limits and estimates with their totals."""
    data = chart_data()
    lines = [
        [line.id, line.name, data.funds[line.fund], line.function, line.klass, money(line.amount)]
        for line in plan.lines
    ]
    lines.append(["合计", "", "", "", "", money(_sum(line.amount for line in plan.lines))])
    parts = [
        f"{plan.unit} {plan.year}年预算控制数（单位：元）",
        grid(["指标", "名称", "资金性质", "功能科目", "类别", "年初预算"], lines, texts=5),
    ]
    if plan.limits:
        limits = [
            [
                name,
                str(sum(limit.scope == scope for limit in plan.limits)),
                money(_sum(_of(plan, scope))),
            ]
            for scope, name in data.scopes.items()
        ]
        limits.append(
            ["合计", str(len(plan.limits)), money(_sum(limit.amount for limit in plan.limits))]
        )
        parts += ["", grid(["基本支出经济分类额度", "款数", "金额"], limits, texts=1)]
    if plan.specials:
        special = [
            [
                data.special_groups[group_of(each.item)],
                each.item,
                data.special_items[each.item],
                money(each.amount),
                money(each.tolerance),
                money(each.limit),
            ]
            for each in plan.specials
        ]
        heads = ["专项额度", "编码", "名称", "预算数", "容差", "额度"]
        parts += ["", grid(heads, special, texts=3)]
    estimates = [[data.funds[fund], money(total)] for fund, total in plan.estimates().items()]
    parts += ["", grid(["收入预算", "金额"], estimates, texts=1)]
    parts += [f"说明：{note}" for note in plan.notes]
    return "\n".join(parts)


def allotments_text(listed: AllotmentList, allotments: Sequence[Allotment]) -> str:
    """Write what a list does: by line, by document, by fund, each with its total."""
    data = chart_data()
    shares = [share for each in allotments for share in each.shares]
    held: dict[str, list[Share]] = {}
    for share in sorted(shares, key=lambda share: share.line.id):
        held.setdefault(share.line.id, []).append(share)
    total = money(_sum(share.amount for share in shares))
    lines = []
    for id_, each in held.items():
        line = each[0].line
        amount = money(_sum(share.amount for share in each))
        count = str(len({share.economic for share in each}))
        fund = data.funds[line.fund]
        lines.append([id_, line.name, fund, line.function, line.klass, count, amount])
    lines.append(["合计", "", "", "", "", str(len(shares)), total])
    documents = [
        [
            each.doc or "（无）",
            each.day.isoformat(),
            word(each),
            str(len(each.shares)),
            money(_sum(share.amount for share in each.shares)),
        ]
        for each in allotments
    ]
    documents.append(["合计", "", "", str(len(shares)), total])
    funds = [
        [data.funds[fund], money(_sum(s.amount for s in shares if s.line.fund == fund))]
        for fund in sorted({share.line.fund for share in shares})
    ]
    head = ["指标", "名称", "资金性质", "功能科目", "类别", "款数", "金额"]
    return "\n".join(
        [
            f"{'、'.join(listed.units)} 指标表控制数（单位：元）".strip(),
            grid(head, lines, texts=5),
            "",
            grid(["文号", "日期", "事项", "行数", "金额"], documents, texts=3),
            "",
            grid(["资金性质", "金额"], funds, texts=1),
            *(f"核对：{control}" for control in listed.controls),
            *([] if listed.controls else [f"说明：{WITHOUT_TOTALS}"]),
        ]
    )


def payments_text(execution: Execution, planned: Planned, ids: Sequence[str]) -> str:
    """Write what becomes of a file's payments: each new one, each that waits, and the totals."""
    rows = [
        [
            id_,
            booked.day.isoformat(),
            booked.group.number,
            booked.other,
            booked.event.text,
            line,
            economic,
            money(amount),
        ]
        for id_, booked in zip(ids or [""] * len(planned.new), planned.new, strict=True)
        for line, economic, amount in booked.parts
    ]
    waits = [
        [
            str(record.where),
            record.day.isoformat() if record.day else "",
            record.get("payee"),
            record.get("text"),
            why,
            " ".join(proposal.target).strip() if proposal.target else "",
            money(record.amount),
        ]
        for _, record, why, proposal in planned.waiting
    ]
    new = [amount for booked in planned.new for _, _, amount in booked.parts]
    known = [record.amount for group in planned.known for record in group.records]
    waiting = [record.amount for _, record, _, _ in planned.waiting]
    counts = {"记账": new, "已记过账，不重复": known, "待核对": waiting}
    total = [amount for each in counts.values() for amount in each]
    summary = [[word, str(len(each)), money(_sum(each))] for word, each in counts.items()]
    summary.append(["合计", str(len(total)), money(_sum(total))])
    heads = ["编号", "日期", "支付凭证号", "对方", "摘要", "指标", "款", "金额"]
    parts = [f"{execution.name} {execution.source}（单位：元）"]
    parts += _listed(heads, rows)
    parts += _listed(["位置", "日期", "对方", "摘要", "待核对的原因", "提议", "金额"], waits)
    parts.append(grid(["处理", "行数", "金额"], summary, texts=1))
    parts += _methods(planned)
    parts += [f"核对：{control}" for control in execution.controls]
    parts += [f"说明：{note}" for note in execution.notes]
    parts += [f"警告  {note}" for note in planned.notes]
    return "\n".join(parts)


def _methods(planned: Planned) -> list[str]:
    """Write how much is paid in which way, and where that was the usual one and not the file's."""
    paid: dict[tuple[str, str], list[Decimal]] = {}
    for booked in planned.new:
        if isinstance(booked.event, Payment):
            said = any(r.get("method") or r.get("paid_from") for r in booked.group.records)
            whose = "文件" if said else "日期和指标（文件没有写）"
            key = METHOD_NAMES[booked.event.method], whose
            paid.setdefault(key, []).append(booked.group.amount)
    rows = [[*key, str(len(each)), money(_sum(each))] for key, each in paid.items()]
    return ["", grid(["支付方式", "依据", "笔数", "金额"], rows, texts=2)] if rows else []


def _listed(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write rows; of very many the first ones, and how many more there are."""
    if not rows:
        return []
    shown = [grid(heads, rows[:_MOST], texts=len(heads) - 1)]
    if len(rows) > _MOST:
        shown.append(f"…… 以上为前 {_MOST} 行，共 {len(rows)} 行")
    return [*shown, ""]


def _of(plan: Plan, scope: str) -> Iterable[Decimal]:
    return (limit.amount for limit in plan.limits if limit.scope == scope)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, start=ZERO)
