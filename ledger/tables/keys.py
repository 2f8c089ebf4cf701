"""Amount keys of DESIGN §4: their Chinese labels, and which columns add up to which."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The three budgets that make up 财政拨款.
FUNDS: Final = ("general", "fund", "capital")

LABELS: Final[dict[str, str]] = {
    "total": "合计",
    "basic": "基本支出",
    "project": "项目支出",
    "personnel": "人员经费",
    "operating": "公用经费",
    "fiscal": "财政拨款",
    "general": "一般公共预算",
    "fund": "政府性基金",
    "capital": "国有资本经营",
    "special_account": "财政专户管理资金",
    "institution": "事业收入",
    "business": "事业单位经营",
    "superior": "上级补助",
    "subordinate": "附属单位上缴",
    "other": "其他收入",
    "own": "单位资金",
    "remitted": "上缴上级",
    "subsidy": "对附属单位补助",
    "fees": "其中：教育收费",
    "opening": "上年结转",
    "reserve": "使用非财政拨款结余",
    "revenue": "本年收入",
    "closing": "结转下年",
    "distribution": "结余分配",
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicle": "公务用车购置及运行费",
    "vehicle_purchase": "购置费",
    "vehicle_running": "运行费",
    "running_costs": "机关运行经费",
    "meeting": "会议费",
    "training": "培训费",
    "budget": "年初预算",
    "adjusted": "全年预算",
    "change": "比上年增减",
    "percent": "增减%",
}

#: Where money comes from: beside 基本支出 and 项目支出 these add up to the total once more.
FUNDING: Final = frozenset({"fiscal", *FUNDS, "special_account", "own"})

LABELS.update(change_budget="比上年预算增减", percent_budget="比上年预算增减%")

#: What a table says of the year before, beside this year's: `prior`, or `prior_basic` and so on.
PRIOR: Final = "prior"
#: Columns that compare this year with another one; any table may have them.
COMPARED: Final = (PRIOR, "change", "percent")
LABELS.update(
    {
        f"{whole}_{key}": f"{LABELS[whole]}：{LABELS[key]}"
        for whole in ("opening", "revenue", "closing")
        for key in (*FUNDS, "special_account", "other", "basic", "project")
    }
)
LABELS.update(
    {
        f"{whole}_{key}": f"{LABELS[whole]}：{LABELS[key]}"
        for whole in sorted(FUNDING)
        for key in ("basic", "project", "business")
    }
)
LABELS.update({f"{PRIOR}_{key}": f"上年{label}" for key, label in [*LABELS.items()]})
LABELS[PRIOR] = "上年"

#: The column of each fund that is not 财政拨款; 财政专户管理资金 (2) has one in some regions only.
COLUMN_OF_FUND: Final = {
    "31": "institution",
    "32": "superior",
    "33": "subordinate",
    "34": "business",
    "39": "other",
}

#: A column that splits into others, where the document prints the split.
PARTS: Final = {
    "revenue": (
        *("fiscal", *FUNDS, "special_account", "institution"),
        *("business", "superior", "subordinate", "other", "own"),
        *("revenue_basic", "revenue_project"),
    ),
    "opening": tuple(
        f"opening_{key}" for key in (*FUNDS, "special_account", "other", "basic", "project")
    ),
    "closing": ("closing_basic", "closing_project"),
    "own": ("institution", "business", "superior", "subordinate", "other"),
    **{whole: (f"{whole}_basic", f"{whole}_project") for whole in (*FUNDS, "special_account")},
    "fiscal": FUNDS,
    "basic": ("personnel", "operating"),
    "vehicle": ("vehicle_purchase", "vehicle_running"),
}

#: Columns beside the total that are not part of it.
APART: Final = frozenset(
    {
        *("running_costs", "meeting", "training", "fees", "budget", "adjusted"),
        *("change", "percent", "change_budget", "percent_budget"),
    }
)

#: A table of flows has these beside its expenditure, which is its total.
FLOWS: Final = frozenset({"opening", "revenue", "closing"})


def parts_of_total(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Give the columns whose sum is `total`: all but the parts of another printed column."""
    inner = {part for whole in PARTS if whole in columns for part in parts(whole, columns)}
    flows = FLOWS if has_flows(columns) else frozenset()
    beside = inner | APART | flows | {"total"}
    return tuple(key for key in columns if not (key in beside or is_prior(key) or _is_of(key)))


def sums_of_total(columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Give each list of columns whose sum is `total`: by kind and, beside it, by source."""
    added = parts_of_total(columns)
    by_source = tuple(key for key in added if key in FUNDING | {"opening", "other"})
    if by_source and {"basic", "project", "personnel"} & set(added):
        return tuple(key for key in added if key not in by_source), by_source
    return (added,)


def parts(whole: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Give the printed columns whose sum is another column, none of them part of a third."""
    own = [key for key in PARTS[whole] if key in columns]
    inner = {part for key in own if key in PARTS for part in PARTS[key]}
    return tuple(key for key in own if key not in inner)


def has_flows(columns: Iterable[str]) -> bool:
    """Say whether a table has what was there and what is left beside its expenditure."""
    return {"revenue", "closing"} <= set(columns)


def _is_of(key: str) -> bool:
    """Say whether a column is part of a source of money, or of what is carried."""
    return key.rpartition("_")[0] in FUNDING | {"opening", "revenue", "closing"}


def is_prior(key: str) -> bool:
    """Say whether a column is of the year before."""
    return key == PRIOR or key.startswith(f"{PRIOR}_")
