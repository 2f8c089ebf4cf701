"""The one table model: tables read from documents and tables made from the ledger."""

from __future__ import annotations
