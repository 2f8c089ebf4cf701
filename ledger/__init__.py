"""The engine: budget lines, movements, books, tables and the ways to look at them."""

from __future__ import annotations
