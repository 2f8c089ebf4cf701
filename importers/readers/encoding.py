"""Bytes to text: byte order mark, else strict UTF-8, else strict GB18030, else an error."""

from __future__ import annotations

import codecs
import re

from yusuan.importers.readers.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: Four Chinese characters or more in UTF-8. GB18030 that looks so is a chance of one in millions.
_RUN = re.compile(rb"[\x80-\xff]{12,}")


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Give the text and the encoding found; raises ReadError rather than guess.

    NUL and the replacement character show that a file was damaged before it came here
    (TRAPS row 26).
    """
    marked = [name for mark, name in _MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        for bad, name in (("\0", "空字符"), ("\ufffd", "替换字符（乱码）")):
            if bad in text:
                line = text.count("\n", 0, text.index(bad)) + 1
                raise ReadError(file, f"第 {line} 行有{name}，文件已损坏，请换用原始文件")
        if encoding == "gb18030" and any(map(_is_utf8, _RUN.findall(data))):
            why = "混有 UTF-8 和 GB18030 两种编码，请换用原始文件，或分别另存为 UTF-8 后再读"
            raise ReadError(file, why)
        return text, encoding
    raise ReadError(file, "编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 后再读")


def _is_utf8(run: bytes) -> bool:
    try:
        run.decode()
    except UnicodeDecodeError:
        return False
    return True
