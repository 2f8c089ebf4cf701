"""The catalogue of rules: what each holds, on what ground, and what to do where it is broken."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the texts are Chinese, for people.

    `parameters` are the defaults of what `[rules.R16]` in `yusuan.toml` may say besides the
    severity; a value there has the type of its default. Amounts are texts in 元.
    """

    id: str
    title: str
    severity: Severity
    basis: str
    scope: str
    remedy: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@cache
def catalogue() -> tuple[Rule, ...]:
    """Read the catalogue, in the order of the ids."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    rules = (Rule(**{**row, "severity": Severity(row["severity"])}) for row in data["rule"])
    return tuple(sorted(rules, key=lambda rule: rule.id))


@cache
def rules_by_id() -> Mapping[str, Rule]:
    """Give the rules by their ids."""
    return {rule.id: rule for rule in catalogue()}
