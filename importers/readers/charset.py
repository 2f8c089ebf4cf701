"""The encoding of a web page: the rules of text, and the page's own word must agree with them."""

from __future__ import annotations

import re

from yusuan.importers.readers import encoding
from yusuan.importers.readers.errors import ReadError

#: How far a page may declare its encoding (the HTML standard says 1024).
_HEAD = 4096
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "gb_2312-80"})
_UTF8 = frozenset({"utf-8", "utf8"})


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Give the text and the encoding of a page; raises ReadError where the two disagree.

    A page of ASCII alone is what it is, whatever it declares; a byte order mark is never wrong.
    """
    text, found = encoding.decode(data, file)
    declared = _DECLARED.search(data[:_HEAD])
    if found.startswith("utf-16") or found == "utf-8-sig" or data.isascii() or declared is None:
        return text, found
    said = declared[1].decode("ascii").lower()
    if (found == "utf-8" and said in _UTF8) or (found == "gb18030" and said in _CHINESE):
        return text, found
    why = f"网页自称编码为 {said}，内容却是 {found.upper()}，请用浏览器打开核对后另存为 UTF-8 网页"
    raise ReadError(file, why)
