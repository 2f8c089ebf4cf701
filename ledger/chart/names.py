"""Account components: `code-名称`, code first because beancount wants a digit in front."""

from __future__ import annotations

import unicodedata
from functools import cache


def cleaned(name: str) -> str:
    """Keep the letters and ASCII digits of an official name, as an account component may have.

    Compatibility forms are folded first (full-width letters, ligatures), so that two names
    that look alike cannot become two accounts. Source: DESIGN §2, TRAPS row 25.
    """
    folded = unicodedata.normalize("NFKC", name)
    kept = "".join(ch for ch in folded if _kept(ch))
    return unicodedata.normalize("NFC", kept)  # what stood apart may compose, once side by side


def _kept(ch: str) -> bool:
    category = unicodedata.category(ch)
    return category.startswith("L") or (category == "Nd" and ch.isascii())


@cache
def component(code: str, name: str) -> str:
    """Make one account component; a name of which nothing is left gives the bare code.

    Every account of every entry is put together of the same few.
    """
    kept = cleaned(name)
    return f"{code}-{kept}" if kept else code


def split(text: str) -> tuple[str, str]:
    """Take a component apart into code and name; a code never has a hyphen."""
    code, _, name = text.partition("-")
    return code, name
