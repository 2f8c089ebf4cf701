"""The review file (待核对): rows that could not be coded, with proposals, for a person to decide."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from yusuan.ledger.money import ZERO
from yusuan.ledger.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.importers.execution.booked import Waiting

#: Roles in the order of their columns, each under a heading of `words.toml`.
_COLUMNS = {
    "number": "支付凭证号",
    "division": "财政区划",
    "payee": "收款人",
    "fund": "资金性质",
    "function": "支出功能分类",
    "project": "项目",
    "method": "支付方式",
    "contract": "合同号",
    "indicator": "指标",
    "class": "类别",
    "line": "预算指标",
    "economic": "部门支出经济分类",
    "text": "用途",
}
_LAST = {"source": "来源文件", "sha256": "来源校验码", "key": "行标识"}
_PROPOSED = ("提议指标", "提议经济分类", "提议类别", "得分", "提议的理由", "待核对的原因")
HEADINGS = ("日期", "金额", *_COLUMNS.values(), "采用提议", *_PROPOSED, *_LAST.values())
#: A spreadsheet takes a text that begins so for a formula.
_FORMULA = ("=", "+", "-", "@")


def review(rows: Iterable[Waiting], source: str, sha256: str) -> bytes:
    """Write rows with their keys, why they wait and what is proposed, ending in their total.

    Filled in (预算指标 and 部门支出经济分类, or 采用提议: 是) it is imported as any file is; what
    it came from stays with each row.
    """
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    total, count = ZERO, 0
    for group, record, why, proposal in rows:
        total, count = total + record.amount, count + 1
        origin = {
            "source": record.get("source") or source,
            "sha256": record.get("sha256") or sha256,
            "key": group.key,
        }
        # The number of another system's voucher is no voucher number of the treasury.
        said = {**record.fields, "number": group.number}
        target = proposal.target
        proposed = (target.line, target.economic, target.klass) if target else ("", "", "")
        score = f"{proposal.score:.2f}" if target else ""
        writer.writerow([
            record.day.isoformat() if record.day else "",
            plain(record.amount),
            *(_safe(said.get(role, "")) for role in _COLUMNS),
            "",
            *proposed,
            score,
            _safe(proposal.reason),
            why,
            *(_safe(origin[role]) for role in _LAST),
        ])  # fmt: skip
    blank = [""] * (len(HEADINGS) - 2)
    writer.writerow([f"合计（{count}笔）", plain(total), *blank])
    return output.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    return f" {text}" if text.startswith(_FORMULA) else text
