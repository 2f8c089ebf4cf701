"""What stands below a table and is none of its rows: who signed, when it was printed, page numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yusuan.importers.budget.words import is_number
from yusuan.importers.budget.words import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.importers.readers.grid import GridRow

_WHO = (
    "制单|制表|编制|填报|填表|审核|复核|审批|经办|记账|出纳|会计|主管|负责|领导|签章|盖章|签字|验收|领款|"
    "打印|导出|制作|查询|报表"
)
#: A label alone in its cell, or with a colon and what it labels.
_SIGNED = re.compile(
    rf"(?:单位|部门|财务|会计|机构|业务)?(?:{_WHO})(?:人员?|员|主管|机构|单位|时间|日期)?"
    r"(?:[(（](?:签字|签章|盖章|公章)[)）])?(?:[:：].*)?"
)
_LABELLED = re.compile(r"[^:：]{1,12}[:：].*")
_PAGE = re.compile(r"(?:第[0-9]+页)?[,，/]?(?:共[0-9]+页)?|[0-9]+/[0-9]+页?")


def is_footer(row: GridRow, amounts: Iterable[int] = ()) -> bool:
    """Tell a line of signatures, labels (代理银行：…) or page numbers from a row.

    A row with an amount, by its places, is none.
    """
    first = squeeze(row.filled[0].text) if row.filled else ""
    if first and (_SIGNED.fullmatch(first) or _PAGE.fullmatch(first)):
        return not any(
            place < len(row.cells) and is_number(row.cells[place].text) for place in amounts
        )
    if not _LABELLED.fullmatch(first):
        return False
    others = [squeeze(cell.text) for cell in row.filled[1:]]
    return bool(others) and all(map(_LABELLED.fullmatch, others))
