"""Execution files (支付凭证, 额度通知, 对账单 …): from a grid under known headings to records."""

from __future__ import annotations

from yusuan.importers.execution.recognise import kind_of
from yusuan.importers.execution.recognise import read_file
from yusuan.importers.execution.vocabulary import HeadingsError
from yusuan.importers.execution.vocabulary import load_vocabulary

__all__ = ["HeadingsError", "kind_of", "load_vocabulary", "read_file"]
