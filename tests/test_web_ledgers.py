"""fava's snapshots of a book: whoever asks gets the present one, however requests overtake each other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from tests.books import approved
from tests.books import pay

from yusuan.ledger.web.app import application

if TYPE_CHECKING:
    from pathlib import Path

    from yusuan.ledger.web.ledgers import Ledgers


def test_who_is_overtaken_keeps_no_old_snapshot_for_others(tmp_path: Path) -> None:
    """One request looks for the ledger's name; meanwhile a payment is recorded, and another one asks."""
    book = approved(tmp_path / "book")
    ledgers: Ledgers = application(book / "main.beancount").config["LEDGERS"]
    [before] = ledgers.ledgers

    class Overtaken(dict[str, Any]):
        """The options of the old snapshot; the first one to look at them is overtaken."""

        waits = True

        def __getitem__(self, key: str) -> Any:
            if self.waits:
                self.waits = False
                assert pay(book).exit_code == 0
                assert ledgers.ledgers != [before]
            return super().__getitem__(key)

    before.options = Overtaken(before.options)  # type: ignore[assignment]
    list(ledgers.items())
    [(_, after)] = ledgers.items()
    assert after.view is ledgers.resident.view()  # type: ignore[attr-defined]
