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


def refuse_bomb(content: bytes, most: int) -> None:
    """Raise OverflowError where the parts unpack to too much; zipfile reads no more than told."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > most:
            raise OverflowError
