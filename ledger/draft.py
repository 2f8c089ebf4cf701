"""Entries to be written: what a command or an importer wants in the ledger, before it is text."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class DraftPosting:
    """One posting; the amount is in 元 with two decimals."""

    account: str
    amount: Decimal
    commodity: str
    meta: Mapping[str, str] = field(default_factory=dict)


#: What metadata of a note may hold: a text, a day, or an amount of the note's commodity.
Said = str | date | Decimal


@dataclass(frozen=True, slots=True)
class Note:
    """A `custom` directive: something recorded that moves nothing; amounts are in 元."""

    date: date
    id: str
    kind: str
    values: tuple[str, ...]
    amount: Decimal | None
    commodity: str
    meta: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry: its id stands in the metadata and as a link; `links` name related entries."""

    date: date
    id: str
    narration: str
    postings: tuple[DraftPosting, ...]
    payee: str = ""
    flag: str = "*"
    meta: Mapping[str, str] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """A `note` directive: something said of an account."""

    date: date
    account: str
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A `balance` directive: what an account holds as the day begins, in 元."""

    date: date
    account: str
    amount: Decimal
    commodity: str
    meta: Mapping[str, str] = field(default_factory=dict)


#: What is written beside entries and has no id of its own.
Aside = Remark | Assertion
