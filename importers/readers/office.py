"""DOC, WPS and ET to a grid: LibreOffice, a process of its own, makes docx or xlsx of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from yusuan.importers.readers import apart
from yusuan.importers.readers import limits
from yusuan.importers.readers.errors import ReadError
from yusuan.importers.readers.kinds import Kind
from yusuan.importers.readers.kinds import kind_of

if TYPE_CHECKING:
    from yusuan.importers.readers.grid import Grid


class _Way(NamedTuple):
    """The filter that reads the one format, named so that no other is tried, and the target."""

    reads: str
    ending: str
    target: str


_WAYS = {
    Kind.DOC: _Way("MS Word 97", ".doc", "docx"),
    Kind.RTF: _Way("Rich Text Format", ".rtf", "docx"),
    Kind.XLS: _Way("MS Excel 97", ".xls", "xlsx"),
}

#: No macro runs and nothing is fetched that a document names (TRAPS row 15). Where the system
#: does not let the process leave the network, its proxy is one that answers nothing.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def read(data: bytes, file: str) -> Grid:
    """Read the bytes of a DOC, WPS or ET file; evidence is as for docx and xlsx.

    Raises ReadError where LibreOffice is absent, fails or takes too long.
    """
    ending = Path(file).suffix.lower()
    way = _WAYS.get(kind_of(data) or Kind.OLE)
    if way is None:
        raise ReadError(file, f"不是完好的 {ending[1:]} 文件，请用原来的软件重新另存")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        why = (
            f"读取 {ending} 文件需要 LibreOffice（soffice），本机没有；请安装，或用原来的软件另存为"
        )
        raise ReadError(file, f"{why} {way.target} 后再读")
    try:
        converted = _convert(program, data, way)
    except apart.TooLongError:
        why = f"LibreOffice 在 {limits.OFFICE_SECONDS} 秒内没有转换完，已停止"
        raise ReadError(file, f"{why}；请用原来的软件另存为 {way.target} 后再读") from None
    if converted is None:
        why = f"LibreOffice 无法转换，文件可能已损坏；请用原来的软件另存为 {way.target} 后再读"
        raise ReadError(file, why)
    grid = apart.read(way.target, converted, file)
    return replace(grid, sha256=sha256(data).hexdigest(), encoding=ending[1:])


def _convert(program: str, data: bytes, way: _Way) -> bytes | None:
    """Convert within a folder that is gone afterwards; None where nothing came out."""
    may = apart.Allowance(limits.OFFICE_SECONDS, limits.OFFICE_MEMORY, limits.MAX_UNPACKED_BYTES)
    with tempfile.TemporaryDirectory(prefix="yusuan-") as name:
        folder = Path(name)
        (folder / "profile" / "user").mkdir(parents=True)
        _put(folder / "profile" / "user" / "registrymodifications.xcu", _SETTINGS.encode())
        _put(folder / f"given{way.ending}", data)
        arguments = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--infilter={way.reads}",
            "--convert-to",
            way.target,
            "--outdir",
            str(folder / "made"),
            str(folder / f"given{way.ending}"),
        ]
        apart.run(["run", *arguments], b"", may, {"HOME": name, "TMPDIR": name})
        made = folder / "made" / f"given.{way.target}"
        if not made.is_file() or made.stat().st_size > limits.MAX_BYTES:
            return None
        return made.read_bytes()


def _put(path: Path, data: bytes) -> None:
    """Give LibreOffice a file to read; it is temporary, as its folder is."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    os.replace(file.name, path)  # noqa: PTH105 -- NamedTemporaryFile gives a str
