"""Contact persons and phone numbers are dropped when a document is read, never later."""

from __future__ import annotations

import re

_WORDS = "联系人|联系电话|联系方式|联系手机|经办人|填报人|填表人|制表人|电话|手机"
_LABEL = re.compile(rf"(?:{_WORDS})(?:姓名|号码)?\s*[:：]?")
_INLINE = re.compile(rf"((?:{_WORDS})(?:姓名|号码)?\s*[:：])[ \t]*[^\s，。；,;]+")

#: What may follow a contact label whose value is blank: the next label, or an amount.
_OTHER_LABEL = re.compile(r"[:：]$|金额|预算|日期|名称|项目|单位|部门|地址|\.\d{2}$")


def without_contacts(rows: list[list[str]]) -> list[list[str]]:
    """Blank what stands beside or below a contact label, and after it within one text."""
    clean: list[list[str]] = []
    columns: frozenset[int] = frozenset()
    width = 0
    for position, texts in enumerate(rows):
        if len(texts) != width:
            columns, width = frozenset(), len(texts)
        kept = ["" if index in columns else text for index, text in enumerate(texts)]
        below = rows[position + 1] if position + 1 < len(rows) else []
        for index, text in enumerate(texts):
            if not _LABEL.fullmatch(text.strip()):
                kept[index] = _INLINE.sub(r"\1", kept[index])
            elif _heads_a_column(index, texts, below):
                columns |= {index}
            else:
                _drop_value(kept, texts, index)
        clean.append(kept)
    return clean


def _heads_a_column(index: int, texts: list[str], below: list[str]) -> bool:
    """Tell a column header from a label: no colon, and a row of the same width under it."""
    label = texts[index].strip()
    return (
        not label.endswith((":", "："))
        and index > 0
        and len(below) == len(texts)
        and bool(below[index].strip())
        and all(text.strip() for text in texts)
    )


def _drop_value(kept: list[str], texts: list[str], index: int) -> None:
    """Blank the next filled cell, unless it is itself a label with its own value."""
    for after in range(index + 1, len(texts)):
        text = texts[after].strip()
        if text:
            if not _LABEL.fullmatch(text) and not _OTHER_LABEL.search(text):
                kept[after] = ""
            return
