"""The catalogue of rules: what each holds, on what ground, and what to do where it is broken."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yusuan.ledger.finding import Severity

_DATA = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; the texts are Chinese, for people."""

    id: str
    title: str
    severity: Severity
    basis: str
    scope: str
    remedy: str


@cache
def catalogue() -> tuple[Rule, ...]:
    """Read the catalogue, in the order of the ids."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    rules = (Rule(**{**row, "severity": Severity(row["severity"])}) for row in data["rule"])
    return tuple(sorted(rules, key=lambda rule: rule.id))
