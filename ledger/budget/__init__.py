"""Budget lines, movements and availability: pure, no files, no beancount, no web."""

from __future__ import annotations
