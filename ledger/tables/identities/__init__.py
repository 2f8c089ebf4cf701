"""勾稽关系: the identities B01–B18 that the tables of a budget must satisfy."""

from __future__ import annotations

from yusuan.ledger.tables.identities.check import Check
from yusuan.ledger.tables.identities.check import Cited
from yusuan.ledger.tables.identities.check import Identity
from yusuan.ledger.tables.identities.verify import CATALOGUE
from yusuan.ledger.tables.identities.verify import Verification
from yusuan.ledger.tables.identities.verify import verify

__all__ = ["CATALOGUE", "Check", "Cited", "Identity", "Verification", "verify"]
