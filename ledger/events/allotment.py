"""下达: what one document of a 指标 list does, as one entry in both books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yusuan.ledger.budget.movement import Kind
from yusuan.ledger.chart import ECONOMIC
from yusuan.ledger.chart import EconomicState
from yusuan.ledger.chart import Revenue
from yusuan.ledger.chart import Source
from yusuan.ledger.chart import account_name
from yusuan.ledger.chart import chart_data
from yusuan.ledger.draft import Draft
from yusuan.ledger.draft import DraftPosting
from yusuan.ledger.events import authority
from yusuan.ledger.events.authority import Change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.budget.allotment import Allotment
    from yusuan.ledger.chart import Leaf
    from yusuan.ledger.chart import Names

#: By kind: the source (91), the payee's place in the entry, what it is called, the prefix of its id.
_KINDS = {
    Kind.APPROPRIATION: ("01", "批复", "年初指标", "pf"),
    Kind.SUPPLEMENT: ("03", "追加", "追加指标", "zj"),
    Kind.REDUCTION: ("04", "追减", "追减指标", "kj"),
    Kind.CARRY: ("05", "结转", "上年结转指标", "jz"),
}
#: The metadata of a posting that is one row of a list: the issuer's 指标 id.
INDICATOR = "indicator"


def prefix(allotment: Allotment) -> str:
    """Give the prefix of the ids of such entries."""
    return _KINDS[allotment.kind][3]


def word(allotment: Allotment) -> str:
    """Say what it does in a word: 批复, 追加, 追减 or 结转."""
    return _KINDS[allotment.kind][1]


def leaves(allotment: Allotment) -> list[Leaf]:
    """Give the accounts that it posts to, and those that its funds will need through the year."""
    data = chart_data()
    found = authority.leaves(_changes(allotment), _KINDS[allotment.kind][0])
    for fund in dict.fromkeys(share.line.fund for share in allotment.shares):
        found += [Source(kind, fund) for kind in data.source_kinds]
        found.append(Revenue(data.revenue_of_fund[fund], fund))
    return found


def draft(allotment: Allotment, id_: str, names: Names, meta: Mapping[str, str]) -> Draft:
    """Write it: lines and sources summed, but a posting of its own for every row's limit.

    So a row can be found again in the ledger by its id, its document and its 款.
    """
    source, payee, text, _ = _KINDS[allotment.kind]
    rows = list(_rows(allotment, names))
    own = {posting.account for posting in rows}
    summed = authority.postings(_changes(allotment), names, source)
    lines = [posting for posting in summed if posting.commodity != ECONOMIC]
    limits = [p for p in summed if p.commodity == ECONOMIC and p.account not in own]
    doc = {"doc": allotment.doc} if allotment.doc else {}
    return Draft(
        allotment.day,
        id_,
        f"{allotment.day.year}年{text}",
        (*lines, *rows, *limits),
        payee,
        meta={"event": allotment.kind.value, **doc, **meta},
    )


def _rows(allotment: Allotment, names: Names) -> Iterator[DraftPosting]:
    for share in allotment.shares:
        account = account_name(EconomicState("02", share.line.id, share.economic), names)
        meta = {INDICATOR: share.indicator} if share.indicator else {}
        yield DraftPosting(account, share.amount, ECONOMIC, meta)


def _changes(allotment: Allotment) -> tuple[Change, ...]:
    return tuple(
        Change(share.line, share.amount, share.economic, share.line.id)
        for share in allotment.shares
    )
