"""What a book has decided about the rules: `[rules.R16]` in `yusuan.toml` over the catalogue."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.budget.pools import Pools
from yusuan.ledger.config import CONFIG_FILE
from yusuan.ledger.config import ConfigError
from yusuan.ledger.finding import Severity
from yusuan.ledger.money import MoneyError
from yusuan.ledger.money import yuan
from yusuan.ledger.rules.catalogue import rules_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.ledger.config import Settings
    from yusuan.ledger.finding import Finding
    from yusuan.ledger.rules.catalogue import Rule

#: What decides over the rules themselves is not for a book to decide: S, the structure; L, the loading.
CONFIGURABLE = "R"
OFF = "off"
SEVERITIES = (*(severity.value for severity in Severity), OFF)
_ORDER = tuple(Severity)
MONTHS = "months"
#: What a control period may be: the year, the months begun so far, or each month by itself.
YEAR, CUMULATIVE, MONTH = "year", "cumulative", "month"
#: Economic limits by 款 or by 类.
ITEM, HEAD = "款", "类"
_CHOICES = {"period": (YEAR, CUMULATIVE, MONTH), "economic": (ITEM, HEAD)}
#: The parameters that say at which share of a limit control informs, warns and stops.
LEVELS = {"inform": Severity.INFO, "warn": Severity.WARN, "stop": Severity.STOP}
_CALENDAR = frozenset(range(1, 13))
#: The parameters that are amounts of money, as texts in 元.
_AMOUNTS = frozenset({"limit", "round", "same_period", "tolerance", "last_year"})
#: The parameter that is a percentage, as a text; nothing where there is none.
TARGET = "target"
_PERCENTAGE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,4})?", re.ASCII)
_WHOLE = 100


def examine(settings: Settings) -> None:
    """Refuse rules, severities and parameters that there are not. Raises ConfigError."""
    known = rules_by_id()
    for id_, said in settings.rules.items():
        rule = known.get(id_)
        if rule is None:
            raise _refusal(settings, f"没有规则 {id_}；yusuan rules 列出全部规则")
        if not id_.startswith(CONFIGURABLE):
            raise _refusal(settings, f"规则 {id_} 关系账套的完整，不能设置；请删去 [rules.{id_}]")
        for key, value in said.items():
            why = _severity(value) if key == "severity" else _parameter(rule, key, value)
            if why:
                raise _refusal(settings, f"[rules.{id_}] {why}")


def parameter(settings: Settings, rule: str, name: str) -> Any:  # noqa: ANN401 -- as the catalogue has it
    """Give a parameter of a rule: the book's own, or the catalogue's default."""
    return settings.rules.get(rule, {}).get(name, rules_by_id()[rule].parameters[name])


def percentage(value: object) -> Decimal | None:
    """Read a percentage above nothing and up to 100, such as `98` or `"98%"`; None for anything else."""
    text = str(value).strip().removesuffix("%")
    if not _PERCENTAGE.fullmatch(text):
        return None
    found = Decimal(text)
    return found if 0 < found <= _WHOLE else None


def pools_of(settings: Settings) -> Pools:
    """Give which 款 share a limit, as the book has decided under R01."""
    by_head = parameter(settings, "R01", "economic") == HEAD
    return Pools(by_head, frozenset(parameter(settings, "R01", "kept")))


def switched_off(settings: Settings) -> list[str]:
    """List the rules that the book has switched off."""
    return [rule for rule, said in settings.rules.items() if said.get("severity") == OFF]


def weighed(findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """Give the findings the severities that the book has decided on, and leave out what is off.

    The severity replaces that of the catalogue; what a rule itself finds milder stays milder.
    """
    if not settings.rules:
        return list(findings)
    return [found for each in findings for found in _weighed(each, settings)]


def _weighed(finding: Finding, settings: Settings) -> list[Finding]:
    said = settings.rules.get(finding.rule, {}).get("severity")
    if said is None:
        return [finding]
    if said == OFF:
        return []
    severity = Severity(said)
    mild = finding.severity is not rules_by_id()[finding.rule].severity
    if mild and _ORDER.index(finding.severity) > _ORDER.index(severity):
        severity = finding.severity
    return [finding._replace(severity=severity)]


def _severity(value: object) -> str:
    known = "、".join(SEVERITIES)
    return "" if value in SEVERITIES else f"severity 应为 {known} 之一，不是“{value}”"


def _parameter(rule: Rule, key: str, value: object) -> str:
    if key not in rule.parameters:
        known = "、".join(["severity", *rule.parameters])
        return f"没有参数 {key}；可用的有 {known}"
    default = rule.parameters[key]
    if type(value) is not type(default):
        return f"{key} 应与默认值 {default!r} 同类，不是“{value}”"
    if isinstance(value, list):
        wanted = int if key == MONTHS else str
        if not all(type(member) is wanted for member in value):
            return f"{key} 应为{'整数' if wanted is int else '文字'}的列表，不是“{value}”"
        if key == MONTHS and not set(value) <= _CALENDAR:
            return f"{key} 应为 1 至 12 的月份，不是“{value}”"
    if key == TARGET and value and percentage(value) is None:
        return f"{key} 应为大于 0、不超过 100 的百分数，不是“{value}”"
    choices = _CHOICES.get(key, ())
    if choices and value not in choices:
        return f"{key} 应为 {'、'.join(choices)} 之一，不是“{value}”"
    if key in LEVELS and isinstance(value, int) and not 0 <= value <= _WHOLE:
        return f"{key} 应为 0 至 100 的整数（百分数，0 为不设），不是“{value}”"
    return _amount(key, str(value)) if key in _AMOUNTS and value else ""


def _amount(key: str, value: str) -> str:
    try:
        amount = yuan(value)
    except MoneyError as error:
        return f"{key} 应为以元计的金额：{error}"
    if amount < 0:
        return f"{key} 不得小于零，不是“{value}”"
    return "" if amount > 0 or key != "round" else f"{key} 应大于零，不是“{value}”"


def _refusal(settings: Settings, why: str) -> ConfigError:
    folder = settings.folder
    return ConfigError((folder / CONFIG_FILE) if folder else CONFIG_FILE, why)
