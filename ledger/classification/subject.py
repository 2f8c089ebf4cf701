"""One dated row of a code table (科目), and the verdicts a code can get."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from yusuan.ledger.classification.codes import Scheme

#: Read in a published document.
CERTIFIED = "certified"
#: Imported by the finance office from the table of a year.
USER_CERTIFIED = "user-certified"
#: The least that can be said of a row: written from memory, with doubts.
RECALLED_LOW = "recalled-low"


class Subject(NamedTuple):
    """What one code means from one day to another; a code that changed has several.

    `valid_from` and `valid_to` are inclusive, None is open. `gov_admin` and
    `gov_institution` are the government economic codes of a department's economic code, as the
    table prints them, for administrative units and for public institutions (HANDBOOK §1.3).
    """

    scheme: Scheme
    code: str
    name: str
    level: str
    parent: str | None
    valid_from: date | None
    valid_to: date | None
    confidence: str
    fund: str | None = None
    default_class: str | None = None
    note: str = ""
    gov_admin: str | None = None
    gov_institution: str | None = None

    @property
    def certified(self) -> bool:
        """Whether the row was read in a document, not recalled from memory."""
        return self.confidence in {CERTIFIED, USER_CERTIFIED}

    def valid(self, on: date) -> bool:
        """Tell whether the row is in force on a day, both ends included."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )


class Verdict(StrEnum):
    """What the tables say of a code on a day.

    Only MALFORMED, EXPIRED and ABSENT are certain enough to stop anything; UNVERIFIED and
    UNKNOWN warn and go on the list to be confirmed (HANDBOOK §1.2).
    """

    VALID = "valid"  # a certified row is in force
    UNVERIFIED = "unverified"  # known from memory only, or only memory says it is not in force
    EXPIRED = "expired"  # a certified row is known, and not in force on that day
    ABSENT = "absent"  # the year's table was imported, and the code is not in it
    UNKNOWN = "unknown"  # well-formed, in no table
    MALFORMED = "malformed"  # not a code of this scheme


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Reduce a printed name to what identifies it: letters and digits, full width as half width.

    其它 counts as 其他: no two official names differ by that character alone.
    """
    text = unicodedata.normalize("NFKC", name)
    kept = "".join(char for char in text if unicodedata.category(char)[0] in "LN")
    return kept.casefold().replace("其它", "其他")
