"""What a budget's own words say of procurement: kinds that make up the whole, reserves within it (R11)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from yusuan.ledger.finding import Finding
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import shown
from yusuan.ledger.money import yuan
from yusuan.ledger.rules.ruling import parameter
from yusuan.ledger.tables.particulars import FILE_NAME
from yusuan.ledger.tables.particulars import first_figures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from yusuan.ledger.config import Settings

ZERO = Decimal("0.00")
_WHOLE = "procurement"
_KINDS = tuple(f"{_WHOLE}_{kind}" for kind in ("goods", "works", "services"))
#: Each is at most the next: 小微, 中小, all.
_WITHIN = (("procurement_small", "procurement_sme"), ("procurement_sme", _WHOLE))
_NAMES = {
    _WHOLE: "政府采购预算",
    "procurement_sme": "面向中小企业预留",
    "procurement_small": "其中面向小微企业",
}


def judged(settings: Settings) -> list[Finding] | None:
    """Judge the procurement figures kept beside the ledger; None where a book has none.

    Source: HANDBOOK R11, B16. A figure in 万元 is rounded, so `tolerance` (元) may be between.
    """
    if settings.folder is None:
        return None
    tolerance = yuan(parameter(settings, "R11", "tolerance") or "0")
    found: list[Finding] = []
    known = False
    for year in settings.years:
        path = settings.folder / str(year) / FILE_NAME
        if not path.is_file():
            continue
        try:
            figures = first_figures(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            texts = [f"预算文字资料读不出来（{error}），请改正或重新导入"]
            known = True
        else:
            texts = list(_broken(figures, tolerance))
            known = known or any(key.startswith(_WHOLE) for key in figures)
        source: dict[str, object] = {"filename": str(path), "lineno": 0}
        found += (
            Finding(source, f"[R11] {year}年{text}", None, "R11", Severity.WARN) for text in texts
        )
    return found if known else None


def _broken(figures: Mapping[str, Decimal], tolerance: Decimal) -> Iterator[str]:
    parts = [figures[key] for key in _KINDS if key in figures]
    if _WHOLE in figures and parts:
        total = sum(parts, ZERO)
        if abs(figures[_WHOLE] - total) > tolerance:
            yield (
                f"政府采购预算 {shown(figures[_WHOLE])} 元不等于货物、工程、服务之和"
                f" {shown(total)} 元；请核对"
            )
    for part, of in _WITHIN:
        if part in figures and of in figures and figures[part] - figures[of] > tolerance:
            more = f"{_NAMES[part]} {shown(figures[part])} 元多于{_NAMES[of]}"
            yield f"{more} {shown(figures[of])} 元；请核对"
