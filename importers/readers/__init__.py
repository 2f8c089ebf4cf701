"""Files to grids of cells with evidence: the only part that differs from format to format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from yusuan.importers.readers import csv
from yusuan.importers.readers import pdf
from yusuan.importers.readers import txt
from yusuan.importers.readers import xlsx
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from yusuan.importers.readers.grid import Grid

#: A new format is one line here and one module beside this one.
READERS: dict[str, Callable[[bytes, str], Grid]] = {
    ".csv": csv.read,
    ".pdf": pdf.read,
    ".txt": txt.read,
    ".xlsx": xlsx.read,
}

#: First bytes of formats that are often saved under a wrong name.
_ARCHIVE = b"PK\x03\x04"
_MAGIC = {
    b"%PDF": "PDF",
    _ARCHIVE: "xlsx 或 docx",
    b"\xd0\xcf\x11\xe0": "xls 或 doc",
}

#: The reader to which such a file belongs.
_OWNERS = {b"%PDF": pdf.read, _ARCHIVE: xlsx.read}


def read(path: str | Path) -> Grid:
    """Read a file into a grid; evidence names the file by its name without folders.

    Raises ReadError with one Chinese sentence where the file cannot be read.
    """
    path = Path(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join(sorted(READERS))
        raise ReadError(path.name, f"不支持“{path.suffix or '无扩展名'}”文件，目前可读 {known}")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(path.name, f"打不开（{error.strerror}），请检查路径和权限") from error
    if len(data) > MAX_BYTES:
        raise ReadError(path.name, f"文件超过 {MAX_BYTES} 字节，请拆分后再读")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic) and reader is not _OWNERS.get(magic):
            raise ReadError(path.name, f"内容是 {kind}，与扩展名不符，请改正扩展名")
    return reader(data, path.name)
