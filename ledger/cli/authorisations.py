"""The authorisations that touch a report, printed under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from yusuan.ledger.desk.authorisations import note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yusuan.ledger.rules.authorisations import Standing


def echo(found: Iterable[Standing]) -> None:
    """Print the notes under a report."""
    for each in found:
        click.echo(note(each))
