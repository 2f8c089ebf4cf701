"""What an xlsx file is underneath, an archive: how much of it is opened, and how it is damaged."""

from __future__ import annotations

import io
import zipfile
import zlib

from openpyxl.utils.exceptions import InvalidFileException

#: What a damaged or encrypted file has been seen to raise; XML errors are SyntaxErrors.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)

#: A document type stands at the head of a part, before anything else.
_HEAD = 4096


def refuse_bomb(content: bytes, most: int) -> None:
    """Raise OverflowError where the parts unpack to too much; zipfile reads no more than told.

    Raises ValueError where a part declares a document type, which no spreadsheet does: entities
    grow without end, or read other files (TRAPS row 14).
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > most:
            raise OverflowError
        for entry in entries:
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(_HEAD):
                    raise ValueError(entry.filename)
