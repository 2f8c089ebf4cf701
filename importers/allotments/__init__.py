"""指标 lists: from a grid with full keys to rows of authority."""

from __future__ import annotations

from yusuan.importers.allotments.recognise import is_list
from yusuan.importers.allotments.recognise import read_list
from yusuan.importers.allotments.words import WordsError
from yusuan.importers.allotments.words import load_words

__all__ = ["WordsError", "is_list", "load_words", "read_list"]
