"""What fava hands out, kept to the folder of the book: documents, statements, sources, imports.

A `document` directive may name any file of the machine, and so may whoever asks for one to be
imported; and `/jump` leads wherever the page before says.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from fava.context import g
from flask import abort
from flask import make_response
from flask import request
from flask import send_file

from yusuan.ledger.web.hosts import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from flask.typing import ResponseReturnValue
    from flask.wrappers import Response

    View = Callable[[], ResponseReturnValue]

#: What a browser shows and cannot run; all else is only saved.
_SHOWN = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".txt": "text/plain",
    ".webp": "image/webp",
}
_ABSENT = "账套目录中没有这个文件"


def confine(app: Flask, folder: Path) -> None:
    """Have an application hand out files of one folder only."""
    root = folder.resolve()
    views: dict[str, Any] = app.view_functions

    def inside(path: str) -> Path:
        try:
            found = Path(path).resolve()
            good = found.is_file() and found.is_relative_to(root)
        except (OSError, ValueError):
            abort(404, _ABSENT)
        return found if good else abort(404, _ABSENT)

    def checked(view: str, parameter: str) -> View:
        held: View = views[view]

        def answer() -> ResponseReturnValue:
            asked = request.args.get(parameter, "")
            if asked:
                inside(asked)
            return held()

        return answer

    def document() -> Response:
        asked = request.args.get("filename", "")
        known = {entry.filename for entry in g.ledger.all_entries_by_type.Document}
        found = inside(asked)
        if asked not in known and not _to_import(found):
            abort(404, _ABSENT)
        return handed_out(found)

    def statement() -> Response:
        named = g.ledger.statement_path(request.args["entry_hash"], request.args["key"])
        return handed_out(inside(named))

    views["document"] = document
    views["statement"] = statement
    views["json_api.get_source"] = checked("json_api.get_source", "filename")
    views["json_api.get_extract"] = _of_imports(checked("json_api.get_extract", "filename"))
    views["jump"] = _jump(views["jump"])


def handed_out(path: Path) -> Response:
    """Send a file, to be shown where that is harmless."""
    kind = _SHOWN.get(path.suffix.lower())
    answer = make_response(
        send_file(
            path,
            mimetype=kind or "application/octet-stream",
            as_attachment=kind is None,
            download_name=path.name,
        )
    )
    # fava shows documents in a frame of its own page.
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _to_import(path: Path) -> bool:
    ledger = g.ledger
    folders = (ledger.join_path(each).resolve() for each in ledger.fava_options.import_dirs)
    return any(path.is_relative_to(folder) for folder in folders)


def _of_imports(view: View) -> View:
    def answer() -> ResponseReturnValue:
        if not _to_import(Path(request.args.get("filename", "")).resolve()):
            abort(404, _ABSENT)
        return view()

    return answer


def _jump(view: View) -> View:
    def answer() -> ResponseReturnValue:
        before = parts(request.referrer or "")
        if before.scheme not in {"http", "https"} or before.netloc != request.host:
            abort(400, "只能从本服务的页面跳转")
        return view()

    return answer
