"""Header rows to columns: headers over several rows, merged, split by a page, or repeated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Final

from yusuan.importers.budget import words
from yusuan.ledger.tables.keys import COMPARED
from yusuan.ledger.tables.keys import FLOWS
from yusuan.ledger.tables.keys import FUNDING
from yusuan.ledger.tables.keys import PARTS
from yusuan.ledger.tables.keys import PRIOR
from yusuan.ledger.tables.keys import is_prior

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yusuan.importers.budget.vocabulary import Columns

CODE: Final = "code"
NAME: Final = "name"
#: The code or the name of a unit, in columns of their own beside those of the subject.
UNIT: Final = "unit"
#: What says what a row is about.
LABELS: Final = frozenset({CODE, NAME, UNIT})
#: A column with a header that names nothing known.
UNKNOWN: Final = "unknown"
_OF_UNIT: Final = re.compile(
    r"(?:预算)?(?:单位|部门)(?:[(（](?:单位|部门|科目)[)）])?(?:编码|代码|编号|名称(?:[(（]科目[)）])?)"
)
_KEPT: Final = re.compile(r"(?<=支出)结转.*")
_SPENT: Final = re.compile(r"执行|决算|完成")
_ADJUSTED: Final = re.compile(r"调整|全年|变更")
_YEARS: Final = re.compile(r"20\d{2}(?=年)")
_COMPARES: Final = re.compile(r"[比较]|增减|增长")

#: A merged header cell, and what stands below it. Where a reader does not know spans,
#: a narrow header row is laid over the full row below it with these.
_GROUPS: Final = tuple(
    (re.compile(above), re.compile(below))
    for above, below in (
        (r".*(?:编码|代码|编号)|.*分类科目", r"[类款项]|.*编码"),
        (r".*车.*购置(?:及|和)运行.*", r"小计|.*购置费|.*运行(?:维护)?费"),
        (r"基本支出", r"小计|合计|人员.*|公用.*"),
        (r"财政拨款(?:收入|支出)?", r"小计|合计|一般公共.*|政府性基金.*|国有资本.*"),
    )
)
_ABSORBS: Final = re.compile(r".*三公.*|.*(?:收入|支出)预算|.*基本支出|.*预算支出|项目")


def place(texts: Sequence[str], width: int, below: Sequence[str] | None) -> list[str] | None:
    """Lay one header row over `width` columns; None where its merged cells fit nowhere."""
    if len(texts) >= width:
        return list(texts[:width])
    spans: list[int] = []
    for text in texts:
        spans.append(_span(text, sum(spans), below))
    missing = width - sum(spans)
    absorbers = [index for index, text in enumerate(texts) if _ABSORBS.fullmatch(text)]
    if missing < 0 or (missing and len(absorbers) > 1):
        return None
    if missing and absorbers:
        spans[absorbers[0]] += missing
        missing = 0
    elif missing and max(spans) == 1 and "" not in texts:
        return None  # a row with blanks stands where it stands, only its end was cut off
    laid = [[text, *[""] * (span - 1)] for text, span in zip(texts, spans, strict=True)]
    return [cell for cells in laid for cell in cells] + [""] * missing


def under_group(texts: Sequence[str], above: Sequence[str], width: int) -> list[str] | None:
    """Lay a row that holds nothing but the parts of one group of the row above it."""
    for at, group in enumerate(above):
        for whole, part in _GROUPS:
            if whole.fullmatch(group) and all(part.fullmatch(text) for text in texts):
                laid = [*[""] * at, *texts]
                return [*laid, *[""] * (width - len(laid))] if len(laid) <= width else None
    return None


def _span(text: str, start: int, below: Sequence[str] | None) -> int:
    """Count the columns below that belong under one header cell."""
    for above, part in _GROUPS:
        if below is not None and above.fullmatch(text):
            end = start
            while end < len(below) and part.fullmatch(below[end]):
                end += 1
            return max(1, end - start)
    return 1


def stacks(header: Sequence[Sequence[str]], width: int) -> list[list[str]]:
    """Give for each column its header texts from the top down, blanks left out."""
    placed: list[list[str]] = []
    below: list[str] | None = None
    for position in reversed(range(len(header))):
        texts = header[position]
        row = place(texts, width, below)
        if row is None and position:
            row = under_group(texts, header[position - 1], width)
        if row is not None:
            placed.insert(0, row)
            below = row
    return [[row[column] for row in placed if row[column]] for column in range(width)]


def columns(header: Sequence[Sequence[str]], width: int, allowed: Columns) -> list[str | None]:
    """Give the role of each column: an amount key, `code`, `name`, or None where unknown."""
    return of_stacks(stacks(header, width), allowed)


def versions(
    header: Sequence[Sequence[str]], width: int, known: Columns
) -> dict[str, list[list[str]]]:
    """Give the stacks of each version of the columns (预算数 and 决算数), the budget first.

    A column of no version is one of every; a header without two versions has one, unnamed.
    """
    stacked = stacks(header, width)
    found = [[text if known.key(text) else None for text in stack] for stack in stacked]
    names = _names(list(dict.fromkeys(text for texts in found for text in texts if text)), known)
    if len(set(names.values())) < 2:  # noqa: PLR2004 - one version is none
        return {"": stacked}
    result: dict[str, list[list[str]]] = {}
    for name in dict.fromkeys(names.values()):
        result[name] = [
            []
            if any(text and names[text] != name for text in texts)
            else [text for text, version in zip(stack, texts, strict=True) if version is None]
            for stack, texts in zip(stacked, found, strict=True)
        ]
    return result


def _names(texts: Sequence[str], known: Columns) -> dict[str, str]:
    """Name the versions: by their key, or, where they are of several years, older ones as printed.

    What this year says comes last and has no name.
    """
    keys = {text: known.key(text) or "" for text in texts}
    ages = {text: max(_YEARS.findall(text), default="") for text in texts}
    newest = [text for text in texts if ages[text] == max(ages.values()) and keys[text] != PRIOR]
    if len(newest) == len(texts) or len({keys[text] for text in newest}) > 1:
        return {text: keys[text] for text in sorted(texts, key=keys.__getitem__)}
    older = [text for text in texts if text not in newest]
    return {text: text for text in older} | dict.fromkeys(newest, "")


def of_units(stacked: Sequence[list[str]], allowed: Columns) -> bool:
    """Say whether every row of a table is that of a unit: it has no column for subjects."""
    return any(_of_unit(stacked)) and UNIT not in of_stacks(stacked, allowed)


def _of_unit(stacked: Sequence[list[str]]) -> list[bool]:
    return [bool(stack) and bool(_OF_UNIT.fullmatch(stack[-1])) for stack in stacked]


def _beside_subjects(found: Sequence[str | None], of_unit: Sequence[bool]) -> bool:
    """Say whether subjects have a column of their own, beside those of units."""
    own = {role for role, its in zip(found, of_unit, strict=True) if its}
    rest = {role for role, its in zip(found, of_unit, strict=True) if not its}
    return CODE in rest or (NAME in rest and (NAME in own or CODE not in own))


def _since(stacked: Sequence[list[str]], found: list[str | None], allowed: Columns) -> None:
    """Tell the columns of the year before: they say so, or name an older year than the others."""
    ages = [max(_YEARS.findall("".join(stack)), default="") for stack in stacked]
    compares = [any(_COMPARES.search(text) for text in stack) for stack in stacked]
    newest = max((age for age, its in zip(ages, compares, strict=True) if not its), default="")
    for index, (stack, role) in enumerate(zip(stacked, found, strict=True)):
        said = any(allowed.key(text) == PRIOR for text in stack)
        if role is None or role in LABELS or compares[index] or role == PRIOR:
            continue
        if said or (ages[index] and ages[index] < newest):
            found[index] = PRIOR if role == "total" else f"{PRIOR}_{role}"
    for key in COMPARED:
        _of_budget(stacked, found, key)
    for key in (*COMPARED, *(role for role in found if role and is_prior(role))):
        if found.count(key) > 1:  # compared with several years: which is which is not known
            found[:] = [None if role == key else role for role in found]


def _of_budget(stacked: Sequence[list[str]], found: list[str | None], key: str) -> None:
    """Tell what is compared with last year's budget from what is compared with what was spent."""
    twice = [at for at, role in enumerate(found) if role == key]
    for at in twice if len(twice) > 1 else ():
        with_what = re.split(r"[比较]", "".join(stacked[at]))[-1]
        if not _SPENT.search(with_what):
            found[at] = f"{key}_budget"


def _settled(stacked: Sequence[list[str]], found: list[str | None]) -> None:
    """Tell 年初预算数 and 全年预算数 from 决算数 beside them, which is what the table is of."""
    texts = {at: "".join(stack) for at, stack in enumerate(stacked) if found[at] == "total"}
    if len(texts) > 1 and any("决算" in text for text in texts.values()):
        for at, text in texts.items():
            if "决算" not in text and "预算" in text:
                found[at] = "adjusted" if _ADJUSTED.search(text) else "budget"


def of_stacks(stacked: Sequence[list[str]], allowed: Columns) -> list[str | None]:
    """Give the role of each column by its stack and by the columns beside it."""
    found = roles(stacked, allowed)
    of_unit = _of_unit(stacked)
    if _beside_subjects(found, of_unit):
        named = NAME in [role for role, own in zip(found, of_unit, strict=True) if not own]
        last = len(found) - 1 - found[::-1].index(NAME) if NAME in found and not named else -1
        found = [  # 单位名称（科目） is the name of a subject where no other column is
            UNIT if own and role in LABELS and index != last else role
            for index, (role, own) in enumerate(zip(found, of_unit, strict=True))
        ]
    for index, role in enumerate(found):
        # A merged 功能分类科目编码 over 类, 款, 项 leaves its other columns without a text.
        if role is None and index and found[index - 1] == CODE and NAME in found[index:]:
            found[index] = CODE
    if NAME not in found and CODE in found:
        after = len(found) - found[::-1].index(CODE)
        if after < len(found) and found[after] is None:
            found[after] = NAME
    _since(stacked, found, allowed)
    _settled(stacked, found)
    if "own" in found and not set(PARTS["own"]) & set(found):
        found[found.index("own")] = "other"
    if "total" not in found and found.count("basic") == 1 and "project" not in found:
        found[found.index("basic")] = "total"  # a table of basic expenditure alone
    return [
        UNKNOWN if role is None and stack else role
        for role, stack in zip(found, stacked, strict=True)
    ]


def roles(stacked: Sequence[list[str]], allowed: Columns) -> list[str | None]:
    """Give the role of each stack of header texts on its own."""
    return [_role(stack, allowed) for stack in stacked]


def _role(stack: list[str], allowed: Columns) -> str | None:
    """Read a stack of header texts: the longest run of its last texts that is a known word."""
    if not stack:
        return None
    if stack[-1] in {"类", "款", "项"}:
        return CODE
    if stack[-1] in {"小计", "合计"}:
        above = [allowed.key(text) for text in reversed(stack[:-1])]
        if _label_role(stack[:-1]) and not any(above):
            return _label_role(stack[:-1])  # the label of the total row stands in the header
        return next((key for key in above if key not in {None, "total"}), "total")
    flow = _of_flow(stack, allowed)
    if flow is not None:
        return flow
    for start in range(len(stack)):
        key = allowed.key("".join(stack[start:]))
        if key is not None:
            return key
    return _label_role(stack)


def _of_flow(stack: list[str], allowed: Columns) -> str | None:
    """Read a part of 年初结转和结余, 年末结转和结余 or of a source of money, printed below it.

    What stands below 本年收入 is this year's, and needs no more than its own name.
    """
    part = allowed.key(_KEPT.sub("", stack[-1]))
    wholes = [key for text in stack[:-1] if (key := allowed.key(text)) in FLOWS | FUNDING]
    if not wholes or part in {None, "total", *wholes}:
        return None
    whole = wholes[0] if wholes[0] in {"opening", "closing"} else wholes[-1]
    kind = part in {"basic", "project"} or (whole in FUNDING and stack[-1].endswith("支出"))
    part = "other" if part == "own" and whole != "revenue" else part
    return f"{whole}_{part}" if kind or whole in {"opening", "closing"} else part


def _label_role(stack: list[str]) -> str | None:
    if any(words.is_code_header(text) for text in stack):
        return CODE
    return NAME if any(words.is_name_header(text) for text in stack) else None
