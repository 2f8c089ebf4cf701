"""The only code that reads or writes ledger files: load, append, lock."""

from __future__ import annotations
