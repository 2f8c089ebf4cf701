"""Identities within one project form (B15): components, breakdown, weights and scores."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Final

from yusuan.ledger import money
from yusuan.ledger.finding import Severity
from yusuan.ledger.tables.identities.check import Check
from yusuan.ledger.tables.identities.check import Cited
from yusuan.ledger.tables.identities.check import relate
from yusuan.ledger.tables.identities.check import side
from yusuan.ledger.tables.model import Cell
from yusuan.ledger.tables.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yusuan.ledger.tables.identities.check import Identity
    from yusuan.ledger.tables.model import Project

_ALL_WEIGHTS: Final = Decimal(100)
HALF_FEN: Final = Decimal("0.005")


def cite_form(project: Project, name: str, cell: Cell | None) -> tuple[Cited, ...]:
    """Cite an amount of a form; nothing where it is absent or blank."""
    if cell is None or cell.amount is None:
        return ()
    return (Cited("项目表", f"{project.name} {name}".strip(), "total", "元", cell),)


def form(identity: Identity, project: Project) -> Iterator[Check]:
    """Check one form: total = Σ组成 = Σ分解, amount = price × quantity, weights, scores.

    A form is printed in 元, so its sums are exact; granted parts that do not add up to the
    project leave its authority unknown and stop. What was asked 申报 may be more than granted.
    """
    exact = replace(identity, tolerance=Decimal(0))
    stop = replace(exact, severity=Severity.STOP)
    total = side(f"项目“{project.name}”总预算", cite_form(project, "", project.total))
    parts = [
        [c for each in project.components for c in cite_form(project, each.name, each.issued)],
        [c for each in project.components for c in cite_form(project, each.name, each.asked)],
        [c for each in project.breakdown for c in cite_form(project, each.item, each.amount)],
    ]
    labels = ("下达金额之和", "申报金额之和", "分解明细之和")
    for rule, label, terms in zip((stop, exact, stop), labels, parts, strict=True):
        if total.cells and terms:
            yield relate(rule, total, side(label, terms))
    for scope, name, whole in (
        ("project", "资金总额", project.total),
        ("year", "年度资金总额", project.annual),
    ):
        own = [each for each in project.funding if each.scope == scope]
        terms = [cited for each in own for cited in cite_form(project, each.name, each.amount)]
        if terms and (left := cite_form(project, name, whole)):
            label = f"项目“{project.name}”{name}"
            yield relate(exact, side(label, left), side("各项资金之和", terms))
    yield from _details(identity, project)
    yield from _budget(identity, project)
    yield from _points(identity, project)


def _details(identity: Identity, project: Project) -> Iterator[Check]:
    for each in project.breakdown:
        amount, price = (cite_form(project, each.item, cell) for cell in (each.amount, each.price))
        if not amount or not price or each.quantity is None:
            continue
        worth = (price[0].amount * each.quantity).quantize(money.CENT)
        product = Cell(worth, f"{price[0].cell.text}×{each.quantity}", each.where)
        right = side("单价×数量", cite_form(project, each.item, product))
        # A unit price is printed to the fen, so each unit may hide half of one.
        rounded = replace(identity, tolerance=HALF_FEN * abs(each.quantity))
        yield relate(rounded, side(f"{each.item} 明细金额", amount), right)


def _budget(identity: Identity, project: Project) -> Iterator[Check]:
    spent = cite_form(project, "上年执行数", project.prior_spent)
    budget = cite_form(project, "上年预算额", project.prior_budget)
    if spent and budget:
        label = f"项目“{project.name}”上年执行数"
        yield relate(identity, side(label, spent), side("上年预算额", budget), at_most=True)


def _points(identity: Identity, project: Project) -> Iterator[Check]:
    """Check that weights add up to 100 and that no score is above its weight."""
    weighted = [each for each in project.indicators if each.weight is not None]
    if not weighted:
        return
    weights = sum((each.weight for each in weighted if each.weight is not None), Decimal(0))
    whole = project.points or _ALL_WEIGHTS
    holds = weights == whole
    message = (
        f"{identity.title}：项目“{project.name}”{len(weighted)} 个指标的权重之和为 {weights}，"
        f"{'相符' if holds else f'应为 {whole}'}（{project.where}）"
    )
    yield _points_check(identity, (weights, whole), project.where, message, holds=holds)
    for each in weighted:
        if each.score is None or each.weight is None:
            continue
        holds = 0 <= each.score <= each.weight
        verdict = "相符" if holds else "得分应在 0 和权重之间"
        message = (
            f"{identity.title}：项目“{project.name}”指标“{each.content}”得分 {each.score}、"
            f"权重 {each.weight}，{verdict}（{each.where}）"
        )
        yield _points_check(identity, (each.score, each.weight), each.where, message, holds=holds)


def _points_check(
    identity: Identity, sides: tuple[Decimal, Decimal], where: Where, message: str, *, holds: bool
) -> Check:
    left, right = sides
    cited = Cited("项目表", "", "", "", Cell(None, f"{left}", where))
    difference = left - right
    return Check(identity.id, identity.severity, holds, left, right, difference, (cited,), message)
