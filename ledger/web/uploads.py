"""Files to import, taken into the folder that the book has for them."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from fava.context import g
from fava.json_api import json_success
from flask import abort
from flask import request

from yusuan.ledger.books.write import replace
from yusuan.ledger.web import audit
from yusuan.ledger.web import people
from yusuan.ledger.web.people import Role

if TYPE_CHECKING:
    from flask.wrappers import Response

    from yusuan.ledger.books.resident import Resident

_KINDS = {".csv", ".docx", ".pdf", ".txt", ".xls", ".xlsx"}
#: fava looks at no file to import that is larger.
MOST_BYTES = 8 * 1024 * 1024
#: What a file system takes, with room for the name of the file's own temporary.
_NAME_BYTES = 200
_SPECIAL = frozenset('/\\:*?"<>|')


def upload(book: Resident) -> Response:
    """Take a file into the folder of those to import; one that is there already stays as it is."""
    people.require(Role.RECORD)
    sent = request.files.get("file")
    folder = next(iter(g.ledger.fava_options.import_dirs), None)
    if sent is None or folder is None:
        abort(HTTPStatus.BAD_REQUEST, "没有收到文件，或账套没有设置导入目录（import-dirs）")
    name = sent.filename or ""
    if not _plain(name):
        kinds = "、".join(sorted(_KINDS))
        abort(HTTPStatus.BAD_REQUEST, f"文件名不合要求：应为普通的短名称，以 {kinds} 结尾")
    data = sent.stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"待导入的文件不能超过 {most} MB")
    path = Path(g.ledger.join_path(folder, name))
    if not path.parent.resolve().is_relative_to(book.main.parent.resolve()):
        abort(HTTPStatus.FORBIDDEN, "导入目录不在账套目录内，不能上传")
    with book.writing():
        if path.exists() or path.is_symlink():
            abort(HTTPStatus.CONFLICT, f"已有名为 {name} 的文件，请改名后上传")
        with audit.recorded("上传待导入文件", [name]):
            replace({path: data})
    return json_success(f"已上传 {name}")


def _plain(name: str) -> bool:
    """Tell whether a name is one that any system takes for a file of these kinds, and for no other."""
    whole = name.isprintable() and not _SPECIAL & set(name) and not name.startswith(".")
    return whole and len(name.encode()) <= _NAME_BYTES and Path(name).suffix.lower() in _KINDS
