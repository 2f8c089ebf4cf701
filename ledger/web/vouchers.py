"""The picture or file of a voucher (凭证附件), kept in the book's folder under the id of its entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from urllib.parse import quote

from yusuan.ledger.draft import Draft
from yusuan.ledger.web.fields import FieldError

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from yusuan.ledger.books.view import View
    from yusuan.ledger.desk.desk import Event

FIELD = "voucher"
#: The metadata that names the file, from the book's folder on.
META = "voucher"
_FOLDER = "vouchers"
MOST_BYTES = 10 * 1024 * 1024
#: What the file begins with, by the end of its name.
_KINDS = {
    ".pdf": (b"%PDF-",),
    ".ofd": (b"PK\x03\x04",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
}


class Voucher(NamedTuple):
    """A file to be kept: its contents, and how its name ends."""

    data: bytes
    suffix: str

    def beside(self, folder: Path, event: Event) -> tuple[Event, dict[Path, bytes]]:
        """Have the entry name the file; give it, and where the file goes."""
        draft = event.draft
        if not isinstance(draft, Draft):
            raise TypeError
        # An id may have slashes and dots, which would lead elsewhere; no two ids share a name.
        name = f"{_FOLDER}/{draft.date.year}/{quote(draft.id, safe='')}{self.suffix}"
        named = replace(event, draft=replace(draft, meta={**draft.meta, META: name}))
        return named, {folder / name: self.data}


def kept(found: View, id_: str) -> Path | None:
    """Give the file that an entry names, where it is one of those kept here."""
    folder = (found.book.folder / _FOLDER).resolve()
    for event in found.events:
        name = getattr(event.entry, "meta", {}).get(META)
        if event.id == id_ and isinstance(name, str):
            path = (found.book.folder / name).resolve()
            return path if path.is_relative_to(folder) and path.is_file() else None
    return None


def voucher(sent: FileStorage | None) -> Voucher | None:
    """Take the file that was sent with a form, if any. Raises FieldError."""
    if sent is None or not sent.filename:
        return None
    suffix = Path(sent.filename).suffix.lower()
    data = sent.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FieldError(FIELD, f"附件超过 {MOST_BYTES // 1024 // 1024} MB，请压缩后再附")
    if suffix not in _KINDS or not data.startswith(_KINDS[suffix]):
        raise FieldError(FIELD, "附件应为 PDF、OFD、PNG 或 JPG 文件，且内容与文件名相符")
    return Voucher(data, suffix)
