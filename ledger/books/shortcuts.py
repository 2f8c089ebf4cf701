"""What beancount does for books with costs and tolerances, done sooner for books without them.

Booking and the check of balances are half of a load. In a ledger whose every amount is written
and has no cost or price, booking changes nothing; with tolerance zero, an entry balances if the
sum of each commodity is zero. Any other ledger goes through beancount's own code, and so does
every entry that does not balance, for the error. Measured by `make bench`; equal by a test.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from beancount.core.amount import Amount
from beancount.core.data import Transaction
from beancount.ops import validation
from beancount.parser import booking


def unfinished(entries: list[Any]) -> list[Transaction]:
    """Give the entries that booking has something to do on; in most ledgers there are none."""
    return [entry for entry in entries if type(entry) is Transaction and not _complete(entry)]


def book(entries: list[Any], options: dict[str, Any]) -> tuple[list[Any], list[Any]]:
    """Book entries as beancount does; give them back as they are where booking has nothing to do."""
    if not unfinished(entries):
        return entries, []
    booked: tuple[list[Any], list[Any]] = booking.book(entries, options)
    return booked


def validate(entries: list[Any], options: dict[str, Any]) -> list[Any]:
    """Run beancount's basic validations; only entries that do not sum to zero are weighed by its own."""
    errors: list[Any] = []
    checks: list[Any] = validation.BASIC_VALIDATIONS
    weighing: Any = validation.validate_check_transaction_balances
    for check in checks:
        if check is weighing:
            uneven = [e for e in entries if type(e) is Transaction and not _even(e)]
            errors.extend(check(uneven, options))
        else:
            errors.extend(check(entries, options))
    return errors


def _complete(entry: Any) -> bool:  # noqa: ANN401 -- beancount types what it has not checked yet
    for posting in entry.postings:
        units = posting.units
        if type(units) is not Amount or type(units.number) is not Decimal:
            return False
        if posting.cost is not None or posting.price is not None or type(units.currency) is not str:
            return False
    return True


def _even(entry: Any) -> bool:  # noqa: ANN401 -- see above
    postings = entry.postings
    if any(posting.cost is not None or posting.price is not None for posting in postings):
        return False
    sums: dict[str, Decimal] = {}
    for posting in postings:
        units = posting.units
        held = sums.get(units.currency)
        sums[units.currency] = units.number if held is None else held + units.number
    return not any(sums.values())
