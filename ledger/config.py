"""The settings of a book: `yusuan.toml`, read and checked once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from yusuan.ledger.methods import Term
from yusuan.ledger.methods import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONFIG_FILE = "yusuan.toml"
KINDS = ("行政", "参公", "事业")
#: The expenditure account a kind of unit books to. Source: 财会〔2017〕25号; 参公: project decision.
EXPENDITURE_OF_KIND = {"行政": "7101", "参公": "7101", "事业": "7201"}


class ConfigError(ValueError):
    """A `yusuan.toml` that cannot be used."""

    def __init__(self, path: Path | str, why: str) -> None:
        """Say which file and what to change."""
        super().__init__(f"{path}：{why}")


@dataclass(frozen=True, slots=True)
class Assignment:
    """An accountant's word on where a project's money comes from: function 项 and fund."""

    project: str
    function: str
    fund: str
    component: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a book says of itself; the defaults serve a ledger that has no settings file."""

    unit: str = ""
    kind: str = "行政"
    years: tuple[int, ...] = ()
    consolidated: bool = False
    expenditure: str = "7101"
    assignments: tuple[Assignment, ...] = ()
    #: What the book has decided about single rules: severity and parameters, by the rule's id.
    rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: Each payment method with the days on which there is it, by its word in `--method`.
    methods: Mapping[str, Term] = field(default_factory=terms)
    #: Said at the head of every file of the book, for example that it is a demonstration.
    notes: tuple[str, ...] = ()
    #: The book's folder; None for a ledger that is not in a file.
    folder: Path | None = None


def load_settings(path: Path) -> Settings:
    """Read a settings file; a missing file gives the defaults. Raises ConfigError."""
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings(folder=path.parent)
    except OSError as error:
        raise ConfigError(path, f"读不出来（{error.strerror}），请检查文件及其权限") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"不是正确的 TOML 文件（{error}），请改正后再试") from None
    return _Reader(path).settings(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    path: Path

    def settings(self, data: dict[str, Any]) -> Settings:
        self._only(data, {"schema", "unit", "assign", "rules", "methods", "web"}, "顶层")
        unit = self._table(data, "unit")
        self._only(
            unit, {"name", "kind", "years", "consolidated", "expenditure", "notes"}, "[unit]"
        )
        kind = self._text(unit, "kind", "行政")
        if kind not in KINDS:
            raise ConfigError(self.path, f"[unit] kind 应为 {'、'.join(KINDS)} 之一，不是“{kind}”")
        years = unit.get("years", [])
        if not isinstance(years, list) or not all(type(year) is int for year in years):
            raise ConfigError(self.path, "[unit] years 应为年份的列表，例如 years = [2020]")
        notes = unit.get("notes", [])
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise ConfigError(self.path, "[unit] notes 应为文字的列表")
        consolidated = unit.get("consolidated", False)
        if not isinstance(consolidated, bool):
            raise ConfigError(self.path, "[unit] consolidated 应为 true 或 false")
        return Settings(
            unit=self._text(unit, "name", ""),
            kind=kind,
            years=tuple(years),
            consolidated=consolidated,
            expenditure=self._text(unit, "expenditure", EXPENDITURE_OF_KIND[kind]),
            assignments=tuple(self._assignments(data)),
            rules=self._rules(data),
            methods=self._methods(data),
            notes=tuple(notes),
            folder=self.path.parent,
        )

    def _rules(self, data: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """Read the shape alone: which rules and parameters there are, the catalogue knows."""
        rules = self._table(data, "rules")
        if not all(isinstance(said, dict) for said in rules.values()):
            raise ConfigError(self.path, '规则的设置应写成一节，例如 [rules.R16] severity = "warn"')
        return rules

    def _methods(self, data: dict[str, Any]) -> dict[str, Term]:
        """Read the days that the book sets for payment methods, over the defaults."""
        found = dict(terms())
        said = self._table(data, "methods")
        self._only(said, set(found), "[methods] ")
        for word in said:
            days = self._table(said, word)
            self._only(days, {"since", "until"}, f"[methods.{word}] ")
            # A time of day is a date to Python, and none to a budget.
            if not all(type(day) is date for day in days.values()):
                raise ConfigError(
                    self.path, f"[methods.{word}] 应写不加引号的日期，例如 until = 2022-06-30"
                )
            term = found[word] = replace(found[word], **days)
            if term.since and term.until and term.since > term.until:
                raise ConfigError(self.path, f"[methods.{word}] since 晚于 until，请改正")
        return found

    def _assignments(self, data: dict[str, Any]) -> list[Assignment]:
        rows = data.get("assign", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ConfigError(self.path, "项目归属应写成 [[assign]] 各节")
        found = []
        for row in rows:
            self._only(row, {"project", "component", "function", "fund"}, "[[assign]]")
            if not {"project", "function", "fund"} <= set(row):
                raise ConfigError(self.path, "[[assign]] 每节须有 project、function 和 fund")
            found.append(Assignment(**{key: self._text(row, key, "") for key in row}))
        return found

    def _table(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        table = data.get(key, {})
        if not isinstance(table, dict):
            raise ConfigError(self.path, f"{key} 应为一节 [{key}]")
        return table

    def _text(self, table: dict[str, Any], key: str, default: str) -> str:
        value = table.get(key, default)
        if not isinstance(value, str):
            raise ConfigError(self.path, f"{key} 应为加引号的文字")
        return value

    def _only(self, table: dict[str, Any], known: set[str], where: str) -> None:
        unknown = sorted(set(table) - known)
        if unknown:
            raise ConfigError(self.path, f"{where}有不认识的设置 {'、'.join(unknown)}，请检查拼写")
