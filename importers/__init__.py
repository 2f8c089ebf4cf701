"""From the documents and files of a budget year to tables and movements."""

from __future__ import annotations
