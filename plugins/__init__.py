"""Beancount plugins that hold a book to the rules of the budget, one rule family a file."""

from __future__ import annotations
