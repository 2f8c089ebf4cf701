"""Files to grids of cells with evidence: the only part that differs from format to format."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import cast

from yusuan.importers.readers import apart
from yusuan.importers.readers import limits
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.kinds import ENDINGS
from yusuan.importers.readers.kinds import Kind
from yusuan.importers.readers.kinds import is_text
from yusuan.importers.readers.kinds import kind_of
from yusuan.importers.readers.limits import MAX_BYTES

if TYPE_CHECKING:
    from yusuan.importers.readers.grid import Grid


class Reader(NamedTuple):
    """A module with `read(data, file) -> Grid`, the kinds that it reads, and where it runs."""

    module: str
    kinds: tuple[Kind, ...] = ()
    #: In a process of its own: whatever is not text. LibreOffice is one itself.
    apart: bool = True
    #: How long reading a small file may take.
    seconds: int = limits.READ_SECONDS


_HTML = Reader("html", (Kind.HTML, Kind.TEXT))
_OFFICE_TEXT = Reader("office", (Kind.DOC, Kind.OLE, Kind.RTF), apart=False)

#: A new format is one line here and one module beside this one.
READERS: dict[str, Reader] = {
    ".csv": Reader("csv", (Kind.TEXT,), apart=False),
    ".doc": _OFFICE_TEXT,
    ".docx": Reader("docx", (Kind.DOCX, Kind.ARCHIVE)),
    ".et": Reader("office", (Kind.XLS, Kind.OLE), apart=False),
    ".htm": _HTML,
    ".html": _HTML,
    ".pdf": Reader("pdf", (Kind.PDF,), seconds=limits.PDF_SECONDS),
    ".txt": Reader("txt", (Kind.TEXT,), apart=False),
    ".wps": _OFFICE_TEXT,
    ".xls": Reader("xls", (Kind.XLS, Kind.OLE)),
    ".xlsx": Reader("xlsx", (Kind.XLSX, Kind.ARCHIVE)),
}


def read(path: str | Path) -> Grid:
    """Read a file into a grid; evidence names the file by its name without folders.

    Raises ReadError with one Chinese sentence where the file cannot be read.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    name = "".join(each if each.isprintable() else "\ufffd" for each in path.name)
    if suffix not in READERS:
        known = "、".join(sorted(READERS))
        raise ReadError(name, f"不支持“{suffix or '无扩展名'}”文件，目前可读 {known}")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ReadError(name, f"打不开（{error.strerror}），请检查路径和权限") from error
    if len(data) > MAX_BYTES:
        raise ReadError(name, f"文件超过 {MAX_BYTES} 字节，请拆分后再读")
    reader = READERS[suffix]
    _refuse_another_kind(data, name, reader)
    if reader.apart:
        return apart.read(reader.module, data, name, reader.seconds)
    module = import_module(f"yusuan.importers.readers.{reader.module}")
    return cast("Grid", module.read(data, name))


def _refuse_another_kind(data: bytes, file: str, reader: Reader) -> None:
    """Refuse a file that is another kind than its name says: many systems export so."""
    kind = kind_of(data)
    if kind is None and Kind.TEXT not in reader.kinds and is_text(data):
        kind = Kind.TEXT
    if kind is None or kind in reader.kinds:
        return
    if kind is Kind.LOCKED:
        raise ReadError(file, "加了打开密码，请用原来的软件去掉密码后重新另存")
    why = f"内容是 {kind}，与扩展名不符"
    if kind in {Kind.HTML, Kind.XLSX, Kind.XML, Kind.TEXT} and reader.module == "xls":
        why += "（不少系统这样导出 .xls）"
    ending = ENDINGS.get(kind)
    if ending is None or ending not in {*READERS, ENDINGS[Kind.TEXT]}:
        raise ReadError(file, f"{why}，请用原来的软件打开后另存为 xlsx 或 docx")
    raise ReadError(file, f"{why}，请把扩展名改为 {ending} 后再读")
