"""The events of a budget's year as drafts of entries: pure, one event a file."""

from __future__ import annotations
