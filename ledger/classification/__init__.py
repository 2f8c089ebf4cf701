"""政府收支分类科目: dated code tables, looked up by (code, date), never by name."""

from __future__ import annotations

from yusuan.ledger.classification.codes import Scheme
from yusuan.ledger.classification.codes import level
from yusuan.ledger.classification.codes import path
from yusuan.ledger.classification.codes import well_formed
from yusuan.ledger.classification.errors import CodeTableError
from yusuan.ledger.classification.subject import Subject
from yusuan.ledger.classification.subject import Verdict
from yusuan.ledger.classification.subject import folded
from yusuan.ledger.classification.table import CodeTable
from yusuan.ledger.classification.tables import Classification
from yusuan.ledger.classification.tables import Unconfirmed
from yusuan.ledger.classification.tables import code_files
from yusuan.ledger.classification.tables import load

__all__ = [
    "Classification",
    "CodeTable",
    "CodeTableError",
    "Scheme",
    "Subject",
    "Unconfirmed",
    "Verdict",
    "code_files",
    "folded",
    "level",
    "load",
    "path",
    "well_formed",
]
